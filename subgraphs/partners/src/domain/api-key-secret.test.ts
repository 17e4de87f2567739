import { createHash } from 'node:crypto';
import { hashApiKey, isApiKeyShaped, newApiKeySecret } from './api-key-secret.js';

test('a secret has the live prefix, 256 random bits and a checksum', () => {
  const { secret, hash, displayPrefix } = newApiKeySecret();
  expect(secret).toMatch(/^plz_live_[0-9A-Za-z]{49}$/);
  expect(isApiKeyShaped(secret)).toBe(true);
  expect(hash).toEqual(createHash('sha256').update(secret).digest());
  expect(secret.startsWith(displayPrefix)).toBe(true);
  expect(displayPrefix).toHaveLength('plz_live_'.length + 4);
});

test('the smallest and the largest random number make secrets of the same length', () => {
  const smallest = newApiKeySecret(Buffer.alloc(32, 0));
  const largest = newApiKeySecret(Buffer.alloc(32, 255));
  expect(smallest.secret).toHaveLength(largest.secret.length);
  expect(isApiKeyShaped(largest.secret)).toBe(true);
});

test('no two secrets are alike', () => {
  const secrets = new Set(Array.from({ length: 1000 }, () => newApiKeySecret().secret));
  expect(secrets.size).toBe(1000);
});

test('a mistyped key is recognised without a look-up', () => {
  const { secret } = newApiKeySecret();
  const mistyped = secret.slice(0, 20) + (secret[20] === 'a' ? 'b' : 'a') + secret.slice(21);
  expect(isApiKeyShaped(mistyped)).toBe(false);
  expect(isApiKeyShaped(secret + 'a')).toBe(false);
  expect(isApiKeyShaped(secret.replace('plz_live_', 'plz_test_'))).toBe(false);
  expect(isApiKeyShaped('')).toBe(false);
});

test('the hash depends on the whole secret', () => {
  const { secret } = newApiKeySecret();
  expect(hashApiKey(secret)).not.toEqual(hashApiKey(secret.toLowerCase()));
});
