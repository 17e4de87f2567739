import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecret } from './deployment-secret.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plaza-secret-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a secret is made once, is long enough and is for its owner only', async () => {
  const secret = await keptSecret(join(folder, 'plaza'));
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(await keptSecret(join(folder, 'plaza'))).toBe(secret);
  expect((await stat(join(folder, 'plaza/secret'))).mode & 0o777).toBe(0o600);
});

test('two starts at once agree on one secret and leave nothing else behind', async () => {
  const [one, other] = await Promise.all([keptSecret(folder), keptSecret(folder)]);
  expect(one).toBe(other);
  expect(await readdir(folder)).toEqual(['secret']);
});
