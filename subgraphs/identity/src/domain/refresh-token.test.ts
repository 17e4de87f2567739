import { randomBytes } from 'node:crypto';
import { readRefreshToken, writeRefreshToken } from './refresh-token.js';

const key = randomBytes(32);
const grant = {
  sessionId: '019a0000-0000-7000-8000-000000000001',
  tenantId: '019a0000-0000-7000-8000-000000000002',
  userId: '019a0000-0000-7000-8000-000000000003',
  generation: 7,
};

test('a refresh token says again what was written into it', () => {
  expect(readRefreshToken(key, writeRefreshToken(key, grant))).toEqual(grant);
});

test('a token in which any one byte was changed is not ours', () => {
  const token = writeRefreshToken(key, grant);
  const bytes = Buffer.from(token.slice(4), 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const forged = Buffer.from(bytes);
    forged[index]! ^= 1;
    expect(readRefreshToken(key, `plr_${forged.toString('base64url')}`)).toBeNull();
  }
});

test('a token of another deployment, a cut one and any other text are not ours', () => {
  const token = writeRefreshToken(key, grant);
  expect(readRefreshToken(randomBytes(32), token)).toBeNull();
  for (const text of ['', 'plr_', token.slice(0, -4), token.slice(4), 'x'.repeat(100_000)]) {
    expect(readRefreshToken(key, text)).toBeNull();
  }
});
