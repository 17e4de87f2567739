import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { Webhook } from 'standardwebhooks';
import { type Found, PlazaClient, type Watch } from './plaza/client.js';
import {
  ENTER,
  LEAVE,
  occupied,
  type Organization,
  PAY,
  registerOrganization,
} from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

let database: TestDatabase;
let plaza: RunningPlaza;
let own: Organization;
let client: PlazaClient;

beforeAll(async () => {
  database = await createTestDatabase();
  plaza = await startPlaza(database, { PLAZA_WEBHOOK_SCHEDULE: '0,1,1,1' });
  own = await registerOrganization(plaza.url, { spaces: 3 });
  client = own.client;
}, 90_000);
afterAll(async () => {
  expect(await plaza.stop()).toBe(0);
  await database.drop();
});

const enter = (plate: string, more: object = {}) =>
  client.command(ENTER, { locationId: own.locationId, plate, vehicleKind: 'CAR', ...more });

async function payAndLeave(ticketId: string): Promise<void> {
  await client.command(PAY, { ticketId, method: 'CASH' });
  expect((await client.command(LEAVE, { ticketId })).__typename).toBe('VehicleExited');
}

test('a car enters, is charged, pays and leaves', async () => {
  const entered = await enter('1234 ABC');
  expect(entered).toMatchObject({
    __typename: 'VehicleEntered',
    ticket: { status: 'OPEN', space: { status: 'OCCUPIED' } },
  });
  const { id } = entered.ticket;
  expect(await occupied(client, own.locationId)).toBe(1);

  const { ticket } = await client.ask(
    `query ($id: ID!) { ticket(id: $id) {
      status vehicle { plate } space { number } location { name timeZone occupancy { occupied } }
      quote { total { amount currencyCode } due { amount } lines { rule explanation amount { amount } } } payments { id } receipt { number } } }`,
    { id },
  );
  expect(ticket).toMatchObject({
    vehicle: { plate: '1234ABC' },
    location: { name: 'Central', occupancy: { occupied: 1 } },
    quote: { total: { amount: '2.00', currencyCode: 'EUR' }, due: { amount: '2.00' } },
    payments: [],
    receipt: null,
  });

  expect(await client.command(LEAVE, { ticketId: id })).toMatchObject({ __typename: 'PaymentRequired' });
  const paid = await client.command(PAY, { ticketId: id, method: 'CASH' });
  expect(paid).toMatchObject({
    __typename: 'TicketPaid',
    ticket: { status: 'SETTLED' },
    payment: { status: 'SUCCEEDED', amount: { amount: '2.00', currencyCode: 'EUR' } },
  });
  expect(await client.command(PAY, { ticketId: id, method: 'CASH' })).toMatchObject({
    __typename: 'NothingDue',
  });
  expect(await client.command(LEAVE, { ticketId: id })).toMatchObject({
    __typename: 'VehicleExited',
    ticket: { status: 'CLOSED', space: { status: 'FREE' } },
  });
  expect(await client.command(LEAVE, { ticketId: id })).toMatchObject({ __typename: 'TicketNotOpen' });
  expect(await occupied(client, own.locationId)).toBe(0);
});

test.each([
  ['CARD', 'tok_approve', 'TicketPaid'],
  ['DIGITAL', 'tok_approve', 'TicketPaid'],
  ['CARD', 'tok_decline_insufficient_funds', 'PaymentDeclined'],
])('a payment by %s with %s ends as %s', async (method, token, expected) => {
  const { ticket } = await enter(`PAY ${method} ${expected}`.slice(0, 16));
  const paid = await client.command(PAY, { ticketId: ticket.id, method, tender: { token } });
  expect(paid.__typename).toBe(expected);
  if (expected === 'PaymentDeclined') await client.command(PAY, { ticketId: ticket.id, method: 'CASH' });
  expect((await client.command(LEAVE, { ticketId: ticket.id })).__typename).toBe('VehicleExited');
});

test('a chosen space is given, and not given twice', async () => {
  const { location } = await client.ask(
    `query ($id: ID!) { location(id: $id) { spaces(first: 3) { nodes { id number } } } }`,
    { id: own.locationId },
  );
  const space = location.spaces.nodes[1];
  const first = await enter('CHOSEN1', { spaceId: space.id });
  expect(first.ticket.space).toMatchObject({ id: space.id, number: space.number });
  expect(await enter('CHOSEN2', { spaceId: space.id })).toMatchObject({ __typename: 'SpaceNotAvailable' });
  expect(await enter('CHOSEN1')).toMatchObject({ __typename: 'VehicleAlreadyInside' });
  await payAndLeave(first.ticket.id as string);
});

describe('a dashboard', () => {
  let watch: Watch;
  afterEach(() => watch.close());

  test('sees the present occupancy first and then each change', async () => {
    watch = await client.watch(
      `subscription ($id: ID!) { occupancyChanged(locationId: $id) { name occupancy { occupied available } } }`,
      { id: own.locationId },
    );
    await watch.until(({ data }) => data.occupancyChanged.occupancy.occupied === 0);
    const { ticket } = await enter('LIVE1');
    const frame = await watch.until(({ data }) => data.occupancyChanged.occupancy.occupied === 1);
    expect(frame.data.occupancyChanged).toEqual({
      name: 'Central',
      occupancy: { occupied: 1, available: 2 },
    });
    await payAndLeave(ticket.id as string);
    await watch.until(
      ({ data }) => data.occupancyChanged.occupancy.occupied === 0 && watch.frames.length > 2,
    );
  });

  test('sees tickets with fields of four subgraphs, and resumes from a cursor without a gap', async () => {
    const query = `subscription ($id: ID!, $after: String) { ticketChanged(locationId: $id, after: $after) {
      eventId type cursor ticket { id status vehicle { plate } space { number } location { name } quote { due { amount } } } } }`;
    watch = await client.watch(query, { id: own.locationId });
    let ticket: Found = {};
    const { data } = await watch.provoke(
      async (turn) => {
        if (ticket.id) await payAndLeave(ticket.id as string);
        ({ ticket } = await enter(`LIVE2${turn}`));
      },
      (frame) =>
        frame.data.ticketChanged.ticket.id === ticket.id &&
        frame.data.ticketChanged.type === 'ticket.entered',
    );
    expect(data.ticketChanged).toMatchObject({
      type: 'ticket.entered',
      ticket: {
        vehicle: { plate: expect.stringMatching(/^LIVE2/) as string },
        space: { number: ticket.space.number },
        location: { name: 'Central' },
        quote: { due: { amount: '2.00' } },
      },
    });
    await watch.close();
    await payAndLeave(ticket.id as string);
    watch = await client.watch(query, { id: own.locationId, after: data.ticketChanged.cursor });
    await watch.until(({ data: found }) => found.ticketChanged.type === 'ticket.closed');
    const types = watch.frames.map((frame) => frame.data.ticketChanged.type);
    expect(types).toEqual(['ticket.settled', 'ticket.closed']);
  });
});

describe('a partner', () => {
  let server: Server;
  let url: string;
  let failures = 2;
  const received: { type: string; attempt: number }[] = [];
  let secret = '';
  let wake: () => void = () => undefined;

  beforeAll(async () => {
    server = createServer(
      (request, response) => void receive(request).then((status) => response.writeHead(status).end()),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/plaza`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const attempts = new Map<string, number>();
  async function receive(request: IncomingMessage): Promise<number> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const event = new Webhook(secret).verify(body, request.headers as Record<string, string>) as {
      type: string;
    };
    const id = request.headers['webhook-id'] as string;
    attempts.set(id, (attempts.get(id) ?? 0) + 1);
    if (event.type === 'ticket.entered' && failures-- > 0) return 500;
    received.push({ type: event.type, attempt: attempts.get(id) ?? 0 });
    wake();
    return 204;
  }

  test('works with a scoped key and is told of what happens by signed webhooks', async () => {
    const { partner } = await client.command(
      `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { ... on PartnerCreated { partner { id } } } }`,
      { name: 'Mobility App' },
    );
    const key = await client.command(
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename ... on ApiKeyCreated { secret apiKey { id name } } } }`,
      {
        partnerId: partner.id,
        name: 'server',
        scopes: [
          'locations:read',
          'spaces:read',
          'tickets:read',
          'payments:read',
          'webhooks:write',
          'events:read',
        ],
      },
    );
    const partnerClient = client.as(key.secret as string);
    expect(await occupied(partnerClient, own.locationId)).toBe(0);

    const refused = await partnerClient.send(ENTER, {
      input: { locationId: own.locationId, plate: 'NOSCOPE', vehicleKind: 'CAR' },
    });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(refused.data ?? null).toBeNull();

    const endpoint = await partnerClient.command(
      `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
        __typename ... on Problem { message } ... on WebhookEndpointCreated { signingSecret endpoint { id } } } }`,
      { url, eventTypes: ['ticket.entered', 'payment.succeeded', 'ticket.closed'], partnerId: partner.id },
    );
    secret = endpoint.signingSecret as string;

    const { ticket } = await enter('HOOK1');
    await payAndLeave(ticket.id as string);
    while (received.length < 3) await new Promise<void>((resolve) => (wake = resolve));
    expect(received.map(({ type }) => type).sort()).toEqual([
      'payment.succeeded',
      'ticket.closed',
      'ticket.entered',
    ]);
    expect(received.find(({ type }) => type === 'ticket.entered')?.attempt).toBe(3);
  });

  test('is anonymous without a key: the graph says UNAUTHENTICATED', async () => {
    const answer = await new PlazaClient(plaza.url).send('{ locations(first: 1) { nodes { id } } }');
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
