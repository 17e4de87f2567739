import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { bundlePlayground } from './bundle.js';
import type { ReadyInfo } from './ready-info.js';
import { registerPlayground } from './register-playground.js';

const info: ReadyInfo = {
  version: '1.2.3',
  topology: 'embedded',
  logins: [{ role: 'Owner', email: 'owner@demo.example', password: '<b>"pass"</b>' }],
  apiKey: { name: 'Demo partner', secret: 'plz_live_secret' },
};
let said = info;
let server: FastifyInstance;

beforeAll(async () => {
  server = Fastify();
  await registerPlayground(server, { readyInfo: () => said });
  await bundlePlayground();
});
afterEach(() => {
  said = info;
});
afterAll(() => server.close());

test('the welcome page names the logins, the key and every way in, and loads nothing', async () => {
  const { headers, body } = await server.inject({ url: '/', headers: { host: 'plaza.example:4000' } });
  for (const part of [
    'Plaza 1.2.3 is running',
    'owner@demo.example',
    'plz_live_secret',
    'href="/playground"',
    '/health/ready',
    '/metrics',
    '/.well-known/jwks.json',
    'http://plaza.example:4000/graphql',
  ]) {
    expect(body).toContain(part);
  }
  expect(body).not.toContain('<b>');
  expect(body).not.toMatch(/<script|src=/);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
});

test('without the demo the welcome page says how to begin', async () => {
  said = { ...info, logins: [], apiKey: undefined };
  const { body } = await server.inject('/');
  expect(body).toContain('registerOrganization');
  expect(body).not.toContain('plz_live');
});

test('the playground is served whole from this origin, under a policy that allows no other', async () => {
  const { headers, body } = await server.inject('/playground');
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
  expect(headers['content-security-policy']).not.toMatch(/https?:|unsafe-eval|\*/);
  const files = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(file).toMatch(/^\//);
    expect((await server.inject(file)).statusCode).toBe(200);
  }
});

test('what the playground imports and what its workers need is there', async () => {
  const { version, folder } = await bundlePlayground();
  const names = await readdir(folder);
  expect(names).toEqual(
    expect.arrayContaining(['playground.js', 'graphql.worker.js', 'json.worker.js', 'editor.worker.js']),
  );
  const imported = new Set<string>();
  for (const name of names.filter((file) => file.endsWith('.js'))) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const [, path] of text.matchAll(/(?:from|import)\s*\(?"\.\/([\w.-]+\.js)"/g)) imported.add(path!);
  }
  expect(imported.size).toBeGreaterThan(3);
  for (const name of imported) expect(names).toContain(name);
  const styles = await server.inject(`/playground/files/${version}/playground.css`);
  expect(styles.body).not.toMatch(/url\(["']?(https?:)?\/\//);
});

test('a login cannot break out of the page that names it', async () => {
  said = { ...info, logins: [{ role: '</script><script>alert(1)</script>', email: '', password: '' }] };
  const { body } = await server.inject('/playground');
  expect(body).not.toContain('<script>alert');
});

test('only files of the bundle and pages of docs/ are served', async () => {
  const { version } = await bundlePlayground();
  for (const path of [
    '/playground/files/other/playground.js',
    `/playground/files/${version}/..%2f..%2f..%2fpackage.json`,
    `/playground/files/${version}/missing.js`,
    '/docs/..%2fpackage.json',
    '/docs/missing.md',
  ]) {
    expect((await server.inject(path)).statusCode).toBe(404);
  }
});

test('the files of a version may be kept by the browser for good', async () => {
  const { version } = await bundlePlayground();
  const { headers } = await server.inject(`/playground/files/${version}/playground.js`);
  expect(headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
});
