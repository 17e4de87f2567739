import { readDistributedConfig, readEmbeddedConfig } from './config.js';

const SECRET = 'a secret of more than thirty-two characters';

test('without any setting everything has a sane value', () => {
  expect(readEmbeddedConfig({})).toEqual({
    port: 4000,
    host: 'localhost',
    logLevel: 'warn',
    databaseUrl: undefined,
    secret: undefined,
    dataFolder: '.plaza',
    demo: true,
    subscriptions: { quotas: { ofViewer: 1_000, ofOrganization: 10_000 }, throttleMs: 100 },
    eventRetentionDays: 400,
  });
});

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://host/db' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'nonsense' }, 'DATABASE_URL'],
  [{ PLAZA_SECRET: 'short' }, 'PLAZA_SECRET'],
  [{ PLAZA_DEMO: 'yes' }, 'PLAZA_DEMO'],
  [{ NODE_ENV: 'production' }, 'PLAZA_SECRET'],
  [{ PLAZA_EVENT_RETENTION_DAYS: '30' }, 'PLAZA_EVENT_RETENTION_DAYS'],
  [{ PLAZA_EVENT_RETENTION_DAYS: 'ever' }, 'PLAZA_EVENT_RETENTION_DAYS'],
  [{ NODE_ENV: 'production', PLAZA_SECRET: SECRET, PLAZA_DEMO: 'on' }, 'PLAZA_DEMO'],
  [{ PLAZA_LOG_LEVEL: 'loud' }, 'PLAZA_LOG_LEVEL'],
])('a wrong setting stops the start with one sentence that names it (%j)', (environment, name) => {
  expect(() => readEmbeddedConfig(environment)).toThrow(
    new RegExp(`^The setting ${name} is wrong: [^\\n]+\\.$`),
  );
});

test('production starts without the demo, whose passwords everybody knows', () => {
  expect(readEmbeddedConfig({ NODE_ENV: 'production', PLAZA_SECRET: SECRET }).demo).toBe(false);
});

test('the gateway alone must be told where each subgraph is', () => {
  const urls = Object.fromEntries(
    ['IDENTITY', 'SPACES', 'TICKETS', 'PAYMENTS', 'PARTNERS'].map((name) => [
      `${name}_URL`,
      `http://${name.toLowerCase()}:4001/graphql`,
    ]),
  );
  const environment = {
    DATABASE_URL: 'postgresql://plaza_gateway:x@db/plaza',
    PLAZA_SECRET: SECRET,
    ...urls,
  };
  expect(readDistributedConfig(environment)).toMatchObject({
    host: '0.0.0.0',
    demo: false,
    subgraphUrls: { tickets: 'http://tickets:4001/graphql' },
  });
  expect(() => readDistributedConfig({ ...environment, TICKETS_URL: undefined })).toThrow('TICKETS_URL');
  const production = { ...environment, NODE_ENV: 'production', PLAZA_DEMO: 'on' };
  expect(() => readDistributedConfig(production)).toThrow('PLAZA_DEMO');
});
