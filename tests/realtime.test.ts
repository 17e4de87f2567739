import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { createClient } from 'graphql-sse';
import pg from 'pg';
import { type Found, PlazaClient } from './plaza/client.js';
import { ENTER, type Organization, registerOrganization } from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

// What a live connection goes through: access that ends, a database that drops it, a client without websockets.

const TICKETS = `subscription ($id: ID!, $after: String) {
  ticketChanged(locationId: $id, after: $after) { cursor ticket { id space { number } } } }`;
/** What nobody tells of is found by a look at all credentials every ten seconds: this is well below. */
const AT_ONCE_MS = 2_000;

let database: TestDatabase;
let plaza: RunningPlaza;
let other: RunningPlaza;
let own: Organization;

beforeAll(async () => {
  database = await createTestDatabase();
  plaza = await startPlaza(database);
  other = await startPlaza(database);
  own = await registerOrganization(plaza.url, { spaces: 50 });
}, 120_000);
afterAll(async () => {
  expect([await plaza.stop(), await other.stop()]).toEqual([0, 0]);
  await database.drop();
});

let cars = 0;
const enter = async (): Promise<string> =>
  (
    await own.client.command(ENTER, {
      locationId: own.locationId,
      plate: `LIVE${(cars += 1)}`,
      vehicleKind: 'CAR',
    })
  ).ticket.id as string;

async function newKey(): Promise<{ id: string; secret: string }> {
  const { partner } = await own.client.command(
    `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { ... on PartnerCreated { partner { id } } } }`,
    { name: `Partner ${(cars += 1)}` },
  );
  const { apiKey, secret } = await own.client.command(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on ApiKeyCreated { secret apiKey { id } } } }`,
    { partnerId: partner.id, name: 'screen', scopes: ['tickets:read', 'spaces:read'] },
  );
  return { id: apiKey.id as string, secret: secret as string };
}

/** Subscribes without coming back, and waits for a frame; `ended` tells how the socket ends. */
async function watched(client: PlazaClient): Promise<{ ended: Promise<{ code: number; reason: string }> }> {
  const socket = client.socket({ lazy: false, retryAttempts: 0, onNonLazyError: () => undefined });
  const ended = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('closed', (event) => resolve(event as { code: number; reason: string })),
  );
  let frames = 0;
  socket.subscribe(
    { query: TICKETS, variables: { id: own.locationId } },
    { next: () => (frames += 1), error: () => undefined, complete: () => undefined },
  );
  while (frames === 0) {
    await enter();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { ended };
}

test('a revoked key loses its sockets at once, also in a process that did not revoke it', async () => {
  for (const process of [plaza, other, other]) {
    const { id, secret } = await newKey();
    const { ended } = await watched(new PlazaClient(process.url, secret));
    const revoked = performance.now();
    const { __typename } = await own.client.command(
      `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename } }`,
      { apiKeyId: id },
    );
    expect(__typename).toBe('ApiKeyRevoked');
    expect(await ended).toMatchObject({ code: 4403, reason: 'Your access has ended.' });
    expect(performance.now() - revoked).toBeLessThan(AT_ONCE_MS);
  }
});

test('a session that is signed out loses its sockets at once, in every process', async () => {
  const signedIn = await own.client.command(
    `mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { tokens { accessToken } } } }`,
    { email: own.email, password: own.password },
  );
  const token = signedIn.tokens.accessToken as string;
  const sockets = [
    await watched(new PlazaClient(plaza.url, token)),
    await watched(new PlazaClient(other.url, token)),
  ];
  const left = performance.now();
  await new PlazaClient(plaza.url, token).ask('mutation { signOut { __typename } }');
  expect((await Promise.all(sockets.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([
    4403, 4403,
  ]);
  expect(performance.now() - left).toBeLessThan(AT_ONCE_MS);
});

test('every connection to the database is cut: sockets stay, and no event is lost or told out of order', async () => {
  const watching = await own.client.watch(TICKETS, { id: own.locationId });
  await watching.provoke(enter, () => true);
  const begun = watching.frames.length;
  const entered: string[] = [];
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  for (let round = 0; round < 3; round += 1) {
    entered.push(await enter(), await enter());
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'plaza%' and pid <> pg_backend_pid()`,
    );
    entered.push(await untilEntered());
  }
  await admin.end();
  const last = entered.at(-1);
  await watching.until(({ data }) => (data as Found).ticketChanged.ticket.id === last);
  const told = watching.frames
    .slice(begun)
    .map(({ data }) => (data as Found).ticketChanged.ticket.id as string);
  expect(told.filter((id) => entered.includes(id))).toEqual(entered);
  expect(watching.frames.every(({ errors }) => errors === undefined)).toBe(true);
  await watching.close();
});

/** A command that met a cut connection has no answer; the gate tries again, as gates do. */
async function untilEntered(): Promise<string> {
  for (;;) {
    try {
      return await enter();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

test('a client of server-sent events follows and resumes like any other', async () => {
  const { secret } = await newKey();
  const client = createClient({
    url: `${other.url}/graphql/stream`,
    headers: { authorization: `Bearer ${secret}` },
    retryAttempts: 0,
  });
  const follow = (after: string | null) =>
    client.iterate<Found>({ query: TICKETS, variables: { id: own.locationId, after } });
  const first = follow(null);
  const next = first.next();
  let answered = false;
  void next.then(() => (answered = true));
  while (!answered) {
    await enter();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { cursor } = ((await next).value as Found).data.ticketChanged;
  await first.return?.();
  const missed = [await enter(), await enter()];
  const resumed = follow(cursor as string);
  const seen: string[] = [];
  for await (const { data } of resumed) {
    seen.push((data as Found).ticketChanged.ticket.id as string);
    if (seen.at(-1) === missed.at(-1)) break;
  }
  expect(seen.slice(-2)).toEqual(missed);
  expect(new Set(seen).size).toBe(seen.length);
  client.dispose();
});

test('a root field that a variable includes is followed by the whole graph', async () => {
  const watching = await own.client.watch(
    `subscription ($id: ID!, $yes: Boolean!) { ticketChanged(locationId: $id) @include(if: $yes) { ticket { id } } }`,
    { id: own.locationId, yes: true },
  );
  await watching.provoke(enter, ({ data }) => typeof (data as Found).ticketChanged.ticket.id === 'string');
  await watching.close();
});
