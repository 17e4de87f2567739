import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { brokenPromises } from './plaza/broken-promises.js';
import pg from 'pg';
import type { Found, PlazaClient } from './plaza/client.js';
import { ENTER, LEAVE, occupied, openLocation, PAY, registerOrganization } from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

let database: TestDatabase;
let plaza: RunningPlaza;
let client: PlazaClient;
let locationId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  plaza = await startPlaza(database);
  ({ client } = await registerOrganization(plaza.url));
}, 90_000);
beforeEach(async () => {
  locationId = await openLocation(client, { spaces: 10 });
});
afterEach(async () => {
  expect(await brokenPromises(database)).toEqual({});
});
afterAll(async () => {
  await plaza.stop();
  await database.drop();
});

const atOnce = <Result>(times: number, run: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => run(index)));
const enter = (plate: string, more: object = {}) =>
  client.command(ENTER, { locationId, plate, vehicleKind: 'CAR', ...more });
const count = (outcomes: { __typename?: string }[], typename: string) =>
  outcomes.filter((outcome) => outcome.__typename === typename).length;

test('of 50 cars at once for the last 10 spaces, 10 enter and 40 are told that there is none', async () => {
  const outcomes = await atOnce(50, (index) => enter(`FIRE${index}`));
  expect(count(outcomes, 'VehicleEntered')).toBe(10);
  expect(count(outcomes, 'NoSpaceAvailable')).toBe(40);
  const spaces = outcomes.flatMap((outcome) => (outcome.ticket ? [outcome.ticket.space.id as string] : []));
  expect(new Set(spaces).size).toBe(10);
  expect(await occupied(client, locationId)).toBe(10);
});

test('one plate twenty times at once is one ticket', async () => {
  const outcomes = await atOnce(20, () => enter('TWICE'));
  expect(count(outcomes, 'VehicleEntered')).toBe(1);
  expect(count(outcomes, 'VehicleAlreadyInside')).toBe(19);
  expect(await occupied(client, locationId)).toBe(1);
});

test('one key ten times at once is one ticket and ten identical answers', async () => {
  const input = { locationId, plate: 'KEY1', vehicleKind: 'CAR', idempotencyKey: 'one entry' };
  const answers = await atOnce(10, () => client.send(ENTER, { input }));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.data?.recordEntry.__typename).toBe('VehicleEntered');
  expect(await occupied(client, locationId)).toBe(1);
  const other = await client.send(ENTER, { input: { ...input, plate: 'KEY2' } });
  expect(other.errors?.[0]?.extensions?.code).toBe('CONFLICT');
});

test('a key that comes back after the stay has gone on still brings the first answer, byte for byte', async () => {
  const input = { locationId, plate: 'KEY3', vehicleKind: 'CAR', idempotencyKey: 'long ago' };
  const first = await client.send(ENTER, { input });
  const ticketId = first.data?.recordEntry.ticket.id as string;
  const payment = { ticketId, method: 'CASH', idempotencyKey: 'long ago, paid' };
  const paid = await client.send(PAY, { input: payment });
  await client.command(LEAVE, { ticketId });
  expect((await client.send(ENTER, { input })).text).toBe(first.text);
  expect((await client.send(PAY, { input: payment })).text).toBe(paid.text);
});

test.each(['CASH', 'CARD'])('a ticket paid ten times at once by %s is charged once', async (method) => {
  const { ticket } = await enter(`PAY ${method}`);
  const tender = method === 'CARD' ? { tender: { token: 'tok_approve' } } : {};
  const outcomes = await atOnce(10, () => client.command(PAY, { ticketId: ticket.id, method, ...tender }));
  expect(count(outcomes, 'TicketPaid')).toBe(1);
  const { ticket: paid } = await client.ask(
    `query ($id: ID!) { ticket(id: $id) { balance { amount } payments { status amount { amount } } } }`,
    { id: ticket.id },
  );
  expect(paid.payments.filter(({ status }: { status: string }) => status === 'SUCCEEDED')).toHaveLength(1);
});

test('one payment key ten times at once is one payment and ten identical answers', async () => {
  const { ticket } = await enter('PAYKEY');
  for (const method of ['CARD', 'CASH']) {
    const input = {
      ticketId: ticket.id,
      method,
      tender: { token: 'tok_approve' },
      idempotencyKey: `pay ${method}`,
    };
    const answers = await atOnce(10, () => client.send(PAY, { input }));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  }
});

test('a key that was told "in progress" learns how the payment ended', async () => {
  const { ticket } = await enter('SLOW');
  const input = {
    ticketId: ticket.id,
    method: 'CARD',
    tender: { token: 'tok_timeout' },
    idempotencyKey: 'slow',
  };
  expect((await client.command(PAY, input)).__typename).toBe('PaymentInProgress');
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  // the recovery pass leaves a payment alone for its first 30 seconds
  await admin.query(
    `update payments.payment set created_at = created_at - interval '1 minute' where ticket_id = $1`,
    [ticket.id],
  );
  await admin.end();
  let outcome: Found;
  do outcome = await client.command(PAY, input);
  while (outcome.__typename === 'PaymentInProgress');
  expect(outcome).toMatchObject({ __typename: 'TicketPaid', ticket: { id: ticket.id } });
});

test('payments and exits of one ticket at once never let it leave unpaid', async () => {
  const { ticket } = await enter('RACE');
  const outcomes = await atOnce(20, (index) =>
    index % 2
      ? client.command(LEAVE, { ticketId: ticket.id })
      : client.command(PAY, { ticketId: ticket.id, method: 'CASH' }),
  );
  expect(count(outcomes, 'TicketPaid')).toBe(1);
  expect(count(outcomes, 'VehicleExited')).toBeLessThanOrEqual(1);
});
