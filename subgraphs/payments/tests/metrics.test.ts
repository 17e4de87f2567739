import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { statementsOf } from '@plaza/platform/testing/statements-of';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { NOW, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());
beforeEach(() => on.clock.set(NOW));

const METRICS = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on LocationMetrics {
  revenueToday { amount currencyCode } } } }`;

interface Metrics {
  revenueToday: { amount: string; currencyCode: string } | null;
}

async function ask(locationIds: string[], viewer: Viewer = on.viewer) {
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source: METRICS,
    variableValues: { of: locationIds.map((id) => ({ __typename: 'LocationMetrics', id })) },
    contextValue: subgraph.context(viewer, newId()),
  });
  return { metrics: JSON.parse(JSON.stringify(data?._entities ?? null)) as Metrics[], errors };
}
const today = async (locationId: string) => (await ask([locationId])).metrics[0]!.revenueToday?.amount;

/** Pays a stay of one hour, which is two euros, at an instant; the payment's id. */
async function pay(locationId: string, at: string): Promise<string> {
  on.clock.set(at);
  const ticketId = await on.enter(locationId);
  const paid = await payTicket(on.as(), { ticketId, method: 'CASH', tender: {} } as never);
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  return paid.payment.id;
}

test('today is the day on the location’s clock, refunds taken off', async () => {
  const locationId = await on.openLocation();
  expect(await today(locationId)).toBe('0.00');
  // midnight in Madrid is 22:00 in UTC
  await pay(locationId, '2026-05-03T21:59:00Z');
  const first = await pay(locationId, '2026-05-03T22:00:00Z');
  await pay(locationId, '2026-05-04T21:59:00Z');
  expect(await today(locationId)).toBe('4.00');
  on.clock.set('2026-05-04T21:59:30Z');
  await refundPayment(on.as(), { paymentId: first, amount: '0.50', reason: 'Broken barrier' });
  expect(await today(locationId)).toBe('3.50');
  on.clock.set('2026-05-04T22:00:00Z');
  expect(await today(locationId)).toBe('0.00');
  on.clock.set('2026-05-03T21:59:59Z');
  expect(await today(locationId)).toBe('2.00');
});

test('the day on which the clocks go back has 25 hours', async () => {
  const locationId = await on.openLocation();
  await pay(locationId, '2026-10-24T22:00:00Z');
  await pay(locationId, '2026-10-25T22:59:00Z');
  expect(await today(locationId)).toBe('4.00');
  await pay(locationId, '2026-10-25T23:00:00Z');
  expect(await today(locationId)).toBe('2.00');
});

test('many locations take one statement, and a location that the viewer does not see has no revenue', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, () => on.openLocation()));
  await pay(ids[1]!, NOW);
  let metrics: Metrics[] = [];
  expect(await statementsOf(async () => ({ metrics } = await ask(ids)))).toBe(1);
  expect(metrics.map(({ revenueToday }) => revenueToday?.amount)).toEqual(['0.00', '2.00', '0.00', '0.00']);
  expect((await ask(ids, testViewer())).metrics.map(({ revenueToday }) => revenueToday)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('the revenue needs reports:read', async () => {
  const locationId = await on.openLocation();
  const gate = { ...on.viewer, scopes: on.viewer.scopes.filter((scope) => scope !== 'reports:read') };
  const { metrics, errors } = await ask([locationId], gate);
  expect(metrics).toEqual([{ revenueToday: null }]);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', requiredScopes: ['reports:read'] });
});
