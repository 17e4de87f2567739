import 'reflect-metadata';
import { sql } from '@plaza/platform/database/sql';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { addMerchant } from '../src/use-cases/add-merchant.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { publishTariff } from '../src/use-cases/publish-tariff.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { validateTicket } from '../src/use-cases/validate-ticket.js';
import { type Answer, askGraph } from './ask-graph.js';
import { HOURLY, NOW, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());
beforeEach(() => on.clock.set(NOW));

const ask = (source: string, variables: Record<string, unknown>, viewer = on.viewer): Promise<Answer> =>
  askGraph(subgraph, viewer, source, variables);

const REPORT = `{ total { amount } tax { amount } validated { amount } groups { from to method location { id } tariff { number }
  amount { amount currencyCode } tax { amount } validated { amount } payments refunds } }`;

/** What a location earned in 2026, or between two instants. */
async function ofLocation(
  id: string,
  by: string,
  from = '2026-01-01T00:00:00Z',
  to = '2027-01-01T00:00:00Z',
) {
  const { _entities } = await ask(
    `query ($of: [_Any!]!, $by: RevenueGrouping!, $from: DateTime!, $to: DateTime!) {
      _entities(representations: $of) { ... on Location { revenue(from: $from, to: $to, by: $by) ${REPORT} } } }`,
    { of: [{ __typename: 'Location', id }], by, from, to },
  );
  return (_entities as Answer[])[0]!.revenue as Answer;
}

const ofAll = async (by: string, viewer = on.viewer): Promise<Answer[]> =>
  (
    await ask(
      `query ($by: RevenueGrouping!) { revenue(from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z", by: $by) ${REPORT} }`,
      { by },
      viewer,
    )
  ).revenue as Answer[];

/** Pays a stay of one hour, which is two euros, at each instant. */
async function payAt(locationId: string, instants: string[], viewer = on.viewer): Promise<string[]> {
  const paid: string[] = [];
  for (const at of instants) {
    on.clock.set(at);
    const ticketId = await on.enter(locationId, 1, viewer);
    const outcome = await payTicket(on.as(viewer), { ticketId, method: 'CASH' });
    if (outcome.__typename !== 'TicketPaid') throw new Error(outcome.__typename);
    paid.push(outcome.payment.id);
  }
  return paid;
}

/** Each piece's beginning, length in hours and amount. */
const lengths = ({ groups }: Answer) =>
  (groups as Answer[]).map(({ from, to, amount }) => [
    from,
    (Date.parse(to as string) - Date.parse(from as string)) / 3_600_000,
    amount.amount,
  ]);

const inZone = async (zone: string): Promise<string> => {
  const locationId = await on.openLocation();
  await on.see('update spaces.location set time_zone = $1 where id = $2', [zone, locationId]);
  return locationId;
};

test('in Madrid, 29 March 2026 has 23 hours and no hour from 2 to 3', async () => {
  const locationId = await on.openLocation();
  await payAt(locationId, [
    '2026-03-28T22:59:59Z',
    '2026-03-28T23:00:00Z',
    '2026-03-29T00:59:59Z',
    '2026-03-29T01:00:00Z',
    '2026-03-29T21:59:59Z',
    '2026-03-29T22:00:00Z',
  ]);
  expect(lengths(await ofLocation(locationId, 'DAY'))).toEqual([
    ['2026-03-27T23:00:00.000Z', 24, '2.00'],
    ['2026-03-28T23:00:00.000Z', 23, '8.00'],
    ['2026-03-29T22:00:00.000Z', 24, '2.00'],
  ]);
  expect(
    lengths(await ofLocation(locationId, 'HOUR', '2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z')),
  ).toEqual([
    ['2026-03-29T00:00:00.000Z', 1, '2.00'],
    ['2026-03-29T01:00:00.000Z', 1, '2.00'],
  ]);
});

test('in Madrid, 25 October 2026 has 25 hours and the hour from 2 to 3 twice; its week and month an hour more', async () => {
  const locationId = await on.openLocation();
  await payAt(locationId, [
    '2026-10-24T22:00:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-25T22:59:59Z',
    '2026-10-25T23:00:00Z',
  ]);
  expect(lengths(await ofLocation(locationId, 'DAY'))).toEqual([
    ['2026-10-24T22:00:00.000Z', 25, '8.00'],
    ['2026-10-25T23:00:00.000Z', 24, '2.00'],
  ]);
  expect(
    lengths(await ofLocation(locationId, 'HOUR', '2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z')),
  ).toEqual([
    ['2026-10-25T00:00:00.000Z', 1, '2.00'],
    ['2026-10-25T01:00:00.000Z', 1, '2.00'],
  ]);
  expect(lengths(await ofLocation(locationId, 'WEEK'))).toEqual([
    ['2026-10-18T22:00:00.000Z', 7 * 24 + 1, '8.00'],
    ['2026-10-25T23:00:00.000Z', 7 * 24, '2.00'],
  ]);
  expect(lengths(await ofLocation(locationId, 'MONTH'))).toEqual([
    ['2026-09-30T22:00:00.000Z', 31 * 24 + 1, '10.00'],
  ]);
});

test('in New York, 1 November 2026 has 25 hours', async () => {
  const locationId = await inZone('America/New_York');
  await payAt(locationId, [
    '2026-11-01T03:59:59Z',
    '2026-11-01T04:00:00Z',
    '2026-11-01T05:30:00Z',
    '2026-11-01T06:30:00Z',
    '2026-11-02T04:59:59Z',
    '2026-11-02T05:00:00Z',
  ]);
  expect(lengths(await ofLocation(locationId, 'DAY'))).toEqual([
    ['2026-10-31T04:00:00.000Z', 24, '2.00'],
    ['2026-11-01T04:00:00.000Z', 25, '8.00'],
    ['2026-11-02T05:00:00.000Z', 24, '2.00'],
  ]);
});

test('a report by tariff tells the versions apart, and refunds stand with what they give back', async () => {
  const locationId = await on.openLocation();
  const [first] = await payAt(locationId, ['2026-05-04T08:00:00Z']);
  await publishTariff(on.as(), {
    locationId,
    name: 'Dearer',
    tariff: { ...HOURLY, bands: [{ steps: [{ minutes: 60, price: '3.00' }] }] },
    effectiveFrom: on.clock.now(),
  });
  await payAt(locationId, ['2026-05-04T11:00:00Z']);
  await refundPayment(on.as(), { paymentId: first!, amount: '0.50', reason: 'Broken barrier' });
  const { groups, total } = await ofLocation(locationId, 'TARIFF');
  expect(groups).toMatchObject([
    { tariff: { number: 1 }, amount: { amount: '1.50' }, tax: { amount: '0.26' }, payments: 1, refunds: 1 },
    { tariff: { number: 2 }, amount: { amount: '3.00' }, tax: { amount: '0.52' }, payments: 1, refunds: 0 },
  ]);
  expect(total).toEqual({ amount: '4.50' });
});

test('what merchants owe is in every report: by method a piece of its own, by tariff with the version that priced it', async () => {
  const locationId = await on.openLocation();
  const added = await addMerchant(on.as(), { locationId, name: 'Cine', borneBy: 'MERCHANT' });
  if (added.__typename !== 'MerchantAdded') throw new Error(added.message);
  const merchantId = added.merchant.id;
  const [paid, free] = [await on.enter(locationId), await on.enter(locationId)];
  await validateTicket(on.as(), { ticketId: paid, merchantId, discount: { amount: '0.50' } });
  await validateTicket(on.as(), { ticketId: free, merchantId, discount: { percent: '100' } });
  await payTicket(on.as(), { ticketId: paid, method: 'CASH' });
  await recordExit(on.as(), { ticketId: free });
  const [amount, nothing, validated] = [{ amount: '1.50' }, { amount: '0.00' }, { amount: '2.50' }];
  expect((await ofLocation(locationId, 'METHOD')).groups).toMatchObject([
    { method: 'CASH', amount, validated: nothing, payments: 1 },
    { method: null, amount: nothing, validated, payments: 0 },
  ]);
  expect((await ofLocation(locationId, 'TARIFF')).groups).toMatchObject([
    { tariff: { number: 1 }, amount, validated, payments: 1 },
  ]);
  for (const by of ['HOUR', 'DAY', 'WEEK', 'MONTH', 'METHOD', 'TARIFF', 'LOCATION']) {
    const report = await ofLocation(locationId, by, '2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z');
    expect([by, report]).toMatchObject([by, { total: amount, validated }]);
  }
});

test('the organization’s report adds its locations up, in each currency, on the clock of each', async () => {
  const owner = testViewer();
  const [madrid, york, dollars, idle] = await Promise.all(
    Array.from({ length: 4 }, () => on.openLocation(owner)),
  );
  await on.see(`update spaces.location set time_zone = 'America/New_York' where id = any ($1)`, [
    [york, dollars],
  ]);
  await on.see(`update spaces.location set currency_code = 'USD' where id = $1`, [dollars]);
  for (const locationId of [madrid!, york!, dollars!]) {
    await payAt(locationId, ['2026-05-04T02:00:00Z', '2026-05-04T12:00:00Z'], owner);
  }
  const byLocation = await ofAll('LOCATION', owner);
  expect(byLocation.map(({ total }) => total.amount)).toEqual(['8.00', '4.00']);
  expect(byLocation[0]!.groups.map(({ location }: Answer) => location.id).toSorted()).toEqual(
    [madrid, york].toSorted(),
  );
  expect(byLocation[0]!.groups).not.toContainEqual(expect.objectContaining({ location: { id: idle } }));
  const [euros] = await ofAll('DAY', owner);
  expect(lengths(euros!)).toEqual([
    ['2026-05-03T04:00:00.000Z', 24, '2.00'],
    ['2026-05-03T22:00:00.000Z', 24, '4.00'],
    ['2026-05-04T04:00:00.000Z', 24, '2.00'],
  ]);
  const [, byMethod] = await ofAll('METHOD', owner);
  expect(byMethod!.groups).toMatchObject([
    { method: 'CASH', amount: { amount: '4.00', currencyCode: 'USD' }, location: null, payments: 2 },
  ]);
  expect(await ofAll('DAY', { ...owner, locationIds: [idle!] })).toEqual([]);
});

test('pieces add up to the whole, however it is cut', async () => {
  const locationId = await on.openLocation();
  await payAt(locationId, [
    '2026-03-29T00:30:00Z',
    '2026-03-29T01:30:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
  ]);
  for (const by of ['DAY', 'WEEK', 'MONTH', 'METHOD', 'TARIFF', 'LOCATION']) {
    expect([
      by,
      (await ofLocation(locationId, by, '2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z')).total.amount,
    ]).toEqual([by, '8.00']);
  }
  const [{ sum } = { sum: '' }] = await on.database.read(on.viewer, (tx) =>
    tx.rows<{ sum: string }>(sql`
      select -sum(e.amount)::bigint as sum from payments.entry e join payments.account a on a.id = e.account_id
      where a.location_id = ${locationId} and a.kind in ('REVENUE', 'TAX')`),
  );
  expect(sum).toBe(800);
});

test('a report by the hour covers 62 days at most, and needs reports:read', async () => {
  const locationId = await on.openLocation();
  await expect(ofLocation(locationId, 'HOUR')).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'to' },
  });
  const gate = { ...on.viewer, scopes: on.viewer.scopes.filter((scope) => scope !== 'reports:read') };
  await expect(ofAll('LOCATION', gate)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
});
