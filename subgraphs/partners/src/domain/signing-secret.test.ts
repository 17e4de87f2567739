import { createPublicKey, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { SigningSecret, signedHeaders } from './signing-secret.js';

const BODY = '{"type":"ticket.entered"}';
const ID = '01890000-0000-7000-8000-000000000001';

test('the library standardwebhooks accepts the signature', () => {
  const secret = SigningSecret.create();
  const headers = signedHeaders([secret], ID, new Date(), BODY);
  expect(new Webhook(secret.sharedSecret).verify(BODY, headers)).toEqual({ type: 'ticket.entered' });
});

test('while a secret is being rotated the old one and the new one both verify', () => {
  const [old, fresh] = [SigningSecret.create(), SigningSecret.create()];
  const headers = signedHeaders([fresh, old], ID, new Date(), BODY);
  for (const secret of [old, fresh]) {
    expect(() => new Webhook(secret.sharedSecret).verify(BODY, headers)).not.toThrow();
  }
  expect(() => new Webhook(SigningSecret.create().sharedSecret).verify(BODY, headers)).toThrow();
});

test('a changed body, id or instant breaks the signature', () => {
  const secret = SigningSecret.create();
  const headers = signedHeaders([secret], ID, new Date(), BODY);
  const receiver = new Webhook(secret.sharedSecret);
  expect(() => receiver.verify(`${BODY} `, headers)).toThrow();
  expect(() => receiver.verify(BODY, { ...headers, 'webhook-id': 'another' })).toThrow();
  const later = String(Number(headers['webhook-timestamp']) + 1);
  expect(() => receiver.verify(BODY, { ...headers, 'webhook-timestamp': later })).toThrow();
});

test('the v1a signature verifies with the public key alone', () => {
  const secret = SigningSecret.create();
  const headers = signedHeaders([secret], ID, new Date('2026-11-22T09:00:00Z'), BODY);
  const v1a = headers['webhook-signature'].split(' ').find((part) => part.startsWith('v1a,'))!;
  const x = Buffer.from(secret.publicKey.slice('whpk_'.length), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const content = Buffer.from(`${ID}.${headers['webhook-timestamp']}.${BODY}`);
  expect(verify(null, content, key, Buffer.from(v1a.slice('v1a,'.length), 'base64'))).toBe(true);
});

test('a secret survives being stored', () => {
  const secret = SigningSecret.create();
  const restored = SigningSecret.fromBytes(secret.toBytes());
  expect(restored.sharedSecret).toBe(secret.sharedSecret);
  expect(restored.publicKey).toBe(secret.publicKey);
});

test('printing a secret does not show its keys', () => {
  const secret = SigningSecret.create();
  const printed = inspect({ secret }) + JSON.stringify({ secret });
  expect(printed).not.toContain(secret.sharedSecret.slice('whsec_'.length));
  expect(printed).not.toContain(secret.toBytes().toString('hex').slice(0, 16));
});
