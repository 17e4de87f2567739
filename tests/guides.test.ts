import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { readEmbeddedConfig } from '@plaza/gateway/config';
import { COST_LIMITS, costOf, objectsOf } from '@plaza/gateway/limits/cost';
import { DOCUMENT_LIMITS } from '@plaza/gateway/limits/document-limits';
import { VARIABLE_LIMITS } from '@plaza/gateway/limits/variable-limits';
import { MOST_OPERATIONS } from '@plaza/gateway/subscriptions/websocket/protocol';
import { WEB_SOCKET_LIMITS } from '@plaza/gateway/subscriptions/websocket/web-socket';
import { STANDARD_SCHEDULE } from '@plaza/partners/domain/retry-schedule';
import { signedHeaders, SigningSecret } from '@plaza/partners/domain/signing-secret';
import { ERROR_CODES } from '@plaza/platform/errors';
import { LIMITS } from '@plaza/platform/server/http-limits';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { SCOPES } from '@plaza/platform/viewer';
import { buildSchema, Kind, parse, validate, valueFromASTUntyped } from 'graphql';
import { ENTER, type Organization, registerOrganization } from './plaza/organization.js';
import { Programs } from './plaza/programs.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const README = read('README.md');
const FRONTENDS = read('docs/frontends.md');
const PARTNERS = read('docs/partners.md');
const REALTIME = read('docs/realtime.md');
const DASHBOARD = read('docs/dashboard.html');
const ROOTS = ['Query', 'Mutation', 'Subscription'];
const schema = buildSchema(read('schema/api.graphql'));

const blocks = (page: string, language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text ?? '',
  );

/** The module of a guide that has its name in its first line. */
const moduleOf = (page: string, name: string): string =>
  blocks(page, 'js').find((text) => text.startsWith(`// ${name}`)) ?? `throw new Error('no ${name}')`;

/** An operation of partners.md by its name. */
const operation = (name: string): string =>
  blocks(PARTNERS, 'graphql').find((text) => text.includes(` ${name}(`)) ?? `no ${name}`;

/** The cells of the table row whose first cell lists `name`. */
function rowOf(page: string, name: string): string[] {
  const rows = page.split('\n').map((line) => line.split('|').slice(1, -1));
  const cells = rows.map((row) => row.map((cell) => cell.trim()));
  return cells.find(([first]) => first?.split(', ').includes(name)) ?? [];
}

const OPERATIONS = Object.entries({ 'README.md': README, 'frontends.md': FRONTENDS, 'partners.md': PARTNERS })
  .flatMap(([page, text]) => blocks(text, 'graphql').map((query) => ({ page, query })))
  .concat({ page: 'dashboard.html', query: /const GRAPH = `([^`]*)`/.exec(DASHBOARD)?.[1] ?? '' })
  .map(({ page, query }) => ({ name: `${page}: ${query.trim().split('(')[0]}`, query }));

test.each(OPERATIONS)('$name fits the graph as it is', ({ query }) => {
  expect(validate(schema, parse(query))).toEqual([]);
});

test.each(OPERATIONS)('$name costs far less than is allowed', ({ query }) => {
  const document = parse(query);
  const fragments = document.definitions.flatMap((one) =>
    one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
  );
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const cost = costOf(schema, operation, Object.fromEntries(fragments));
    expect(objectsOf(cost, {})).toBeLessThan(COST_LIMITS.objects / 4);
  }
});

test('the operations inside the modules of frontends.md fit the graph', () => {
  const inside = ['plaza.mjs', 'watch.mjs'].flatMap((name) =>
    [...moduleOf(FRONTENDS, name).matchAll(/`((?:mutation|subscription|query) [^`]*)`/g)].map(
      ([, text]) => text,
    ),
  );
  expect(inside).toHaveLength(3);
  for (const query of inside) expect(validate(schema, parse(query ?? ''))).toEqual([]);
});

test('the graph tells both ways by which its subscriptions come', () => {
  const told = schema.getSubscriptionType()?.description;
  for (const way of ['graphql-ws', '/graphql/stream']) expect(told).toContain(way);
});

test('partners.md names every scope, and with it every root field that it opens', () => {
  for (const scope of SCOPES) expect(rowOf(PARTNERS, `\`${scope}\``)).toHaveLength(2);
  const supergraph = parse(read('schema/supergraph.graphql'));
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION || !ROOTS.includes(type.name.value)) continue;
    for (const { name, directives } of type.fields ?? []) {
      const asks = directives?.find((directive) => directive.name.value === 'requiresScopes')?.arguments?.[0];
      const scopes = asks ? (valueFromASTUntyped(asks.value) as string[][][]).flat(2) : [];
      for (const scope of scopes) expect(rowOf(PARTNERS, `\`${scope}\``)[1]).toContain(`\`${name.value}\``);
    }
  }
});

test('partners.md tells the schedule of the retries', () => {
  const secondsOf = (text = '') =>
    [...text.matchAll(/(\d+) (h|min|s)/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * { h: 3600, min: 60, s: 1 }[unit as 'h' | 'min' | 's'],
      0,
    );
  let since = 0;
  STANDARD_SCHEDULE.forEach((wait, index) => {
    since += wait;
    const [, after, total] = rowOf(PARTNERS, `${index + 1}`);
    expect([index + 1, secondsOf(after)]).toEqual([index + 1, wait]);
    expect(Math.abs(since - secondsOf(total))).toBeLessThan(60);
  });
  expect(rowOf(PARTNERS, `${STANDARD_SCHEDULE.length + 1}`)).toEqual([]);
});

test('frontends.md names every error code, and every limit as it is', () => {
  for (const code of ERROR_CODES) expect(rowOf(FRONTENDS, `\`${code}\``)).toHaveLength(3);
  const kib = (bytes: number) =>
    bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;
  const limits: Record<string, string | number> = {
    body: kib(LIMITS.bodyBytes),
    'tokens of a document': DOCUMENT_LIMITS.tokens,
    depth: DOCUMENT_LIMITS.depth,
    fields: DOCUMENT_LIMITS.fields,
    aliases: DOCUMENT_LIMITS.aliases,
    'root fields of a query': DOCUMENT_LIMITS.rootFields,
    'root fields of a mutation': DOCUMENT_LIMITS.rootMutations,
    'objects of an answer': COST_LIMITS.objects,
    'values in the variables': VARIABLE_LIMITS.values,
    'depth of the variables': VARIABLE_LIMITS.depth,
    'time to send a request': `${LIMITS.requestMilliseconds / 1000} s`,
    'a message over a socket': kib(WEB_SOCKET_LIMITS.messageBytes),
    'operations at once on a socket': MOST_OPERATIONS,
    'subscriptions of a user or key': readEmbeddedConfig({}).subscriptions.quotas.ofViewer,
  };
  for (const [name, most] of Object.entries(limits))
    expect([name, rowOf(FRONTENDS, name)[1]]).toEqual([name, `${most}`]);
});

test('isGenuine of partners.md knows a signature from a forgery', async () => {
  const programs = new Programs({ 'verify-v1a.mjs': moduleOf(PARTNERS, 'verify-v1a.mjs') });
  const { isGenuine } = (await import(`${programs.folder}/verify-v1a.mjs`)) as {
    isGenuine(headers: object, body: string, publicKeys: string[]): boolean;
  };
  programs.remove();
  const [secret, other] = [SigningSecret.create(), SigningSecret.create()];
  const headers = (at: Date) => signedHeaders([other, secret], 'event', at, '{}');
  expect(isGenuine(headers(new Date()), '{}', [secret.publicKey])).toBe(true);
  expect(isGenuine(headers(new Date()), '{} ', [secret.publicKey])).toBe(false);
  expect(isGenuine(headers(new Date()), '{}', [SigningSecret.create().publicKey])).toBe(false);
  expect(isGenuine(headers(new Date(Date.now() - 301_000)), '{}', [secret.publicKey])).toBe(false);
});

describe('the programs of the guides, run as they are written', () => {
  let database: TestDatabase;
  let plaza: RunningPlaza;
  let own: Organization;
  let programs: Programs;

  beforeAll(async () => {
    database = await createTestDatabase();
    plaza = await startPlaza(database);
    own = await registerOrganization(plaza.url, { spaces: 100 });
  }, 90_000);
  afterEach(() => programs.remove());
  afterAll(async () => {
    await plaza.stop();
    await database.drop();
  });

  const enter = (plate: string) => own.client.command(ENTER, { locationId: own.locationId, plate });

  /** Starts a program that watches the tickets, restarts Plaza once it has told of one, and enters another vehicle. */
  async function throughRestart(program: string, plate: string) {
    const watching = programs.start(program);
    // nothing tells that the subscription has begun
    for (let turn = 0; watching.lines.length === 0; turn += 1) {
      await enter(`${plate} ${turn}`);
      await setTimeout(200);
    }
    await plaza.stop();
    plaza = await startPlaza(database, { PORT: new URL(plaza.url).port });
    const { ticket } = await enter(`BACK ${plate}`);
    return { watching, ticket };
  }

  test('the receiver of partners.md takes webhooks and refuses a forged one', async () => {
    const { signingSecret, endpoint } = await own.client.command(operation('CreateWebhookEndpoint'), {
      url: 'http://localhost:1',
      eventTypes: ['ticket.entered'],
    });
    programs = new Programs({ 'receiver.mjs': moduleOf(PARTNERS, 'receiver.mjs') });
    const environment = { PLAZA_WEBHOOK_SECRET: signingSecret as string, RECEIVER_PORT: '0' };
    const receiver = programs.start('receiver.mjs', environment);
    const port = (await receiver.until(/^Waiting at port/)).split(' ').at(-1);
    const url = `http://localhost:${port}/plaza`;
    await own.client.command(operation('UpdateWebhookEndpoint'), { endpointId: endpoint.id, url });

    await own.client.command(operation('SendTestEvent'), { endpointId: endpoint.id });
    await receiver.until(/^webhook\.test/);
    await enter('HOOK 1');
    expect(await receiver.until(/^ticket\.entered/)).toContain('"plate":"HOOK1"');
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  });

  test('the ten lines of realtime.md go on where they were after a server was away', async () => {
    const lines = blocks(REALTIME, 'js').find((text) => text.includes("from 'graphql-ws'")) ?? '';
    expect(lines.trimEnd().split('\n')).toHaveLength(10);
    const given = {
      url: `${plaza.url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${own.client.token}` },
      locationId: own.locationId,
      query: `subscription ($locationId: ID!, $after: String) {
        ticketChanged(locationId: $locationId, after: $after) { ticket { code } } }`,
    };
    const consts = Object.entries(given).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
    const show = 'const show = ({ ticketChanged }) => console.log(ticketChanged.ticket.code);';
    programs = new Programs({ 'lines.mjs': [...consts, show, lines].join('\n') });
    const { watching, ticket } = await throughRestart('lines.mjs', 'LINES');
    await watching.until(new RegExp(`^${ticket.code}$`));
  }, 90_000);

  test('the client of frontends.md watches tickets, and goes on where it was after a restart', async () => {
    const spoken = (text: string) =>
      text
        .replaceAll('//localhost:4000', plaza.url.replace('http:', ''))
        .replace("'operator@demo.plaza', 'plaza-demo-operator'", `'${own.email}', '${own.password}'`);
    programs = new Programs({
      'plaza.mjs': spoken(moduleOf(FRONTENDS, 'plaza.mjs')),
      'watch.mjs': spoken(moduleOf(FRONTENDS, 'watch.mjs')),
    });
    const { watching, ticket } = await throughRestart('watch.mjs', 'WATCH');
    await watching.until(new RegExp(`^ticket\\.entered ${ticket.code} OPEN`));
    expect(new Set(watching.lines).size).toBe(watching.lines.length);
  }, 90_000);

  test('the client of realtime.md follows the event log over server-sent events', async () => {
    const text = moduleOf(REALTIME, 'stream.mjs').replace('localhost:4000', new URL(plaza.url).host);
    programs = new Programs({ 'stream.mjs': text });
    const following = programs.start('stream.mjs', { PLAZA_TOKEN: own.client.token ?? '' });
    await following.until(/^up to date$/);
    const { ticket } = await enter('STREAM 1');
    await following.until(new RegExp(`^ticket\\.entered ${ticket.id}$`));
  });
});
