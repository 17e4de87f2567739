import { readFile } from 'node:fs/promises';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { buildSchema, type GraphQLSchema } from 'graphql';
import pg from 'pg';
import { type AnyOperation, operationFor, type ValueOf } from './plaza/any-operation.js';
import type { PlazaClient } from './plaza/client.js';
import {
  ENTER,
  LEAVE,
  openLocation,
  type Organization,
  PAY,
  registerOrganization,
} from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

/** Stands in every name, plate and address of the first organization, and nowhere else. */
const MARK = 'ALPHA';

let database: TestDatabase;
let admin: pg.Client;
let plaza: RunningPlaza;
let alpha: Organization;
let beta: Organization;
let schema: GraphQLSchema;
/** The first organization's entities by the words that arguments use for them: "ticket", "location", ... */
const ids: Record<string, string> = {};
const words: Record<string, unknown> = {
  plate: `${MARK}1`,
  search: MARK,
  first: 50,
  email: 'nobody@plaza.test',
  // a period that holds all that happens here
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
  by: 'LOCATION',
};

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  schema = buildSchema(await readFile(new URL('../schema/api.graphql', import.meta.url), 'utf8'));
  // one attempt now and none while the test looks: deliveries change nothing by themselves
  plaza = await startPlaza(database, { PLAZA_WEBHOOK_SCHEDULE: '0,1000000' });
  alpha = await registerOrganization(plaza.url, { name: MARK });
  beta = await registerOrganization(plaza.url);
  await live(alpha);
}, 90_000);
afterAll(async () => {
  await plaza.stop();
  await admin.end();
  await database.drop();
});

/** Gives the organization something of everything. */
async function live({ client, locationId, id }: Organization): Promise<void> {
  const enter = (plate: string) => client.command(ENTER, { locationId, plate, vehicleKind: 'CAR' });
  const closed = (await enter(`${MARK}0`)).ticket;
  await client.command(PAY, { ticketId: closed.id, method: 'CASH' });
  await client.command(LEAVE, { ticketId: closed.id });
  const { ticket } = await enter(`${MARK}1`);
  const paid = await client.command(PAY, { ticketId: ticket.id, method: 'CASH' });
  const { partner } = await client.command(
    `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { ... on PartnerCreated { partner { id } } } }`,
    { name: `${MARK} partner` },
  );
  const { apiKey } = await client.command(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on ApiKeyCreated { apiKey { id } } } }`,
    { partnerId: partner.id, name: `${MARK} key`, scopes: ['tickets:read'] },
  );
  const { endpoint } = await client.command(
    `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ... on WebhookEndpointCreated { endpoint { id } } } }`,
    { url: `https://${MARK.toLowerCase()}.invalid/`, eventTypes: ['ticket.entered'], partnerId: partner.id },
  );
  const found = await client.ask(
    `query ($id: ID!) { ticket(id: $id) { vehicle { id } receipt { id } } viewer { user { id } sessions { id } } }`,
    {
      id: ticket.id,
    },
  );
  Object.assign(ids, {
    location: locationId,
    organization: id,
    ticket: ticket.id,
    space: ticket.space.id,
    payment: paid.payment.id,
    receipt: found.ticket.receipt.id,
    vehicle: found.ticket.vehicle.id,
    user: found.viewer.user.id,
    session: found.viewer.sessions[0].id,
    partner: partner.id,
    apiKey: apiKey.id,
    endpoint: endpoint.id,
    webhookEndpoint: endpoint.id,
  });
  const { cashShift } = await client.command(
    `mutation ($input: OpenCashShiftInput!) { openCashShift(input: $input) { ... on CashShiftOpened { cashShift { id } } } }`,
    { locationId, float: '50.00' },
  );
  await client.command(
    `mutation ($input: SetRefundPolicyInput!) { setRefundPolicy(input: $input) { __typename } }`,
    { locationId, reasons: [`${MARK} lift`] },
  );
  const { startRepriceReport } = await client.ask(
    `mutation ($input: RepriceReportInput!) { startRepriceReport(input: $input) { id } }`,
    {
      input: {
        locationId,
        from: words.from,
        to: words.to,
        tariff: { currencyCode: 'EUR', bands: [{ steps: [{ minutes: 60, price: '1.00' }] }] },
      },
    },
  );
  Object.assign(ids, { cashShift: cashShift.id, repriceReport: startRepriceReport.id });
  const { customer } = await client.command(
    `mutation ($input: RegisterCustomerInput!) { registerCustomer(input: $input) { ... on CustomerRegistered { customer { id } } } }`,
    { name: `${MARK} customer` },
  );
  Object.assign(ids, {
    customer: customer.id,
    webhookDelivery: await delivered(client, endpoint.id as string),
  });
  ids.delivery = ids.webhookDelivery ?? '';
  words.code = ticket.code;
}

/** Has a test event sent and waits until its only attempt is over. */
async function delivered(client: PlazaClient, endpointId: string): Promise<string> {
  await client.command(
    `mutation ($input: SendTestEventInput!) { sendTestEvent(input: $input) { __typename } }`,
    { endpointId },
  );
  for (;;) {
    const { webhookEndpoint } = await client.ask(
      `query ($id: ID!) { webhookEndpoint(id: $id) { deliveries(first: 1) { nodes { id attempts { startedAt } } } } }`,
      { id: endpointId },
    );
    const [delivery] = webhookEndpoint.deliveries.nodes;
    if (delivery?.attempts.length > 0) return delivery.id as string;
  }
}

/** The first organization's things wherever an argument asks for one. */
function valuesFor(field: string): ValueOf {
  return (name) => {
    if (name in words) return words[name];
    if (name === 'id') return ids[field];
    if (name === 'locationIds') return [ids.location];
    return name.endsWith('Id') ? ids[name.slice(0, -2)] : undefined;
  };
}

const operations = (kind: 'query' | 'mutation' | 'subscription'): AnyOperation[] => {
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  return Object.values(root[kind]?.getFields() ?? {}).map((field) =>
    operationFor(schema, kind, field, valuesFor(field.name)),
  );
};

/** Everything that belongs to a tenant, as one fingerprint. */
async function fingerprint(tenantId: string): Promise<Record<string, string>> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) "name" from information_schema.columns where column_name = 'tenant_id'
       and table_schema in ('events', 'identity', 'spaces', 'tickets', 'payments', 'partners') order by 1`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await admin.query<{ print: string }>(
      `select md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) "print" from ${name} t where tenant_id = $1`,
      [tenantId],
    );
    prints[name] = rows[0]?.print ?? '';
  }
  return prints;
}

/** What an answer gives away of the first organization beyond what was asked with. */
function leaks(text: string, asked: unknown): string[] {
  const known = JSON.stringify(asked);
  return [MARK, MARK.toLowerCase(), ...Object.values(ids)].filter(
    (secret) => text.includes(secret) && !known.includes(secret),
  );
}

test('the first organization itself finds its own by these queries: they do ask for something', async () => {
  const vain: string[] = [];
  for (const { field, query, variables } of operations('query')) {
    const { text } = await alpha.client.send(query, variables);
    if (leaks(text, {}).length === 0) vain.push(field);
  }
  // what is the same for everybody, or computed from the arguments alone
  expect(vain.sort()).toEqual(['eventTypes', 'importTariff', 'previewQuote']);
});

test('no query of the second organization, by whatever id or cursor, tells it anything of the first', async () => {
  const { tickets, events } = await alpha.client.ask(
    '{ tickets(first: 1) { pageInfo { endCursor } } events(first: 1) { edges { cursor } } }',
  );
  for (const { field, query, variables } of operations('query')) {
    const cursor = field === 'events' ? events.edges[0].cursor : tickets.pageInfo.endCursor;
    for (const asked of [variables, 'after' in variables ? { ...variables, after: cursor } : undefined]) {
      if (!asked) continue;
      const { text } = await beta.client.send(query, asked);
      expect({ field, leaks: leaks(text, asked) }).toEqual({ field, leaks: [] });
    }
  }
});

test('no mutation of the second organization tells it anything of the first, or changes anything there', async () => {
  const before = await fingerprint(alpha.id);
  expect(Object.keys(before).length).toBeGreaterThan(20);
  for (const { field, query, variables } of operations('mutation')) {
    // each in a session of its own: some of them end it
    const { client } = await registerOrganization(plaza.url);
    const { text } = await client.send(query, variables);
    expect({ field, leaks: leaks(text, variables) }).toEqual({ field, leaks: [] });
  }
  expect(await fingerprint(alpha.id)).toEqual(before);
});

test('no subscription of the second organization yields anything of the first', async () => {
  for (const { field, query, variables } of operations('subscription')) {
    const theirs = await beta.client.watch(query, variables);
    const own = await alpha.client.watch(query, variables);
    // what the rightful one has seen, the other one would have been sent as well
    await own.provoke(
      async (turn) => {
        const { ticket } = await alpha.client.command(ENTER, {
          locationId: ids.location,
          plate: `${MARK}${turn}${field}`.slice(0, 16),
          vehicleKind: 'CAR',
        });
        await alpha.client.command(PAY, { ticketId: ticket.id, method: 'CASH' });
        await alpha.client.command(LEAVE, { ticketId: ticket.id });
      },
      ({ data }) => Boolean(data),
    );
    expect({ field, leaks: leaks(JSON.stringify([theirs.frames, theirs.errors]), variables) }).toEqual({
      field,
      leaks: [],
    });
    await Promise.all([theirs.close(), own.close()]);
  }
});

test('a key that may see one location only sees nothing of another of the same organization', async () => {
  const other = await openLocation(alpha.client);
  const { secret } = await alpha.client.command(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on ApiKeyCreated { secret } } }`,
    {
      partnerId: ids.partner,
      name: 'one location',
      scopes: ['locations:read', 'tickets:read', 'spaces:read'],
      locationIds: [other],
    },
  );
  const seen = await alpha.client.as(secret as string).ask(
    `query ($ticket: ID!, $location: ID!) { ticket(id: $ticket) { id } location(id: $location) { id }
      tickets(first: 10) { nodes { id } } locations(first: 10) { nodes { id } } }`,
    { ticket: ids.ticket, location: ids.location },
  );
  expect(seen).toEqual({
    ticket: null,
    location: null,
    tickets: { nodes: [] },
    locations: { nodes: [{ id: other }] },
  });
});
