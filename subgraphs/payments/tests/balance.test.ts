import 'reflect-metadata';
import type { Subgraph } from '@plaza/platform/subgraph';
import { graphql } from 'graphql';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { HOUR, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());

async function entity(type: 'Ticket' | 'Location', id: string, selection: string): Promise<unknown> {
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} ${selection} } }`,
    variableValues: { of: [{ __typename: type, id }] },
    contextValue: subgraph.context(on.viewer, 'test'),
  });
  if (errors?.[0]) throw errors[0];
  return (structuredClone(data) as { _entities: unknown[] })._entities[0];
}

test('an exit reported from before its payment leaves a negative balance, which a refund gives back', async () => {
  const id = await on.enter(await on.openLocation(), 1.5);
  const paid = await payTicket(on.as(), { ticketId: id, method: 'CASH' });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const exitedAt = new Date(on.clock.now().getTime() - HOUR);
  expect(await recordExit(on.as(), { ticketId: id, exitedAt })).toMatchObject({
    __typename: 'VehicleExited',
  });
  const account = () =>
    entity('Ticket', id, '{ balance { amount } quote { total { amount } due { amount } } }');
  const [total, due] = [{ amount: '2.00' }, { amount: '0.00' }];
  expect(await account()).toEqual({ balance: { amount: '-2.00' }, quote: { total, due } });
  const paymentId = paid.payment.id;
  await refundPayment(on.as(), { paymentId, amount: '2.00', reason: 'Left earlier' });
  expect(await account()).toEqual({ balance: { amount: '0.00' }, quote: { total, due } });
  await refundPayment(on.as(), { paymentId, reason: 'Kindness' });
  expect(await refundPayment(on.as(), { paymentId, reason: 'Once more' })).toMatchObject({
    __typename: 'RefundExceedsPayment',
    message: 'Nothing is left of this payment: all of it was given back.',
    refundable: { amount: 0 },
  });
});

test('a stay at a location without a tariff says that it is free of charge', async () => {
  const locationId = await on.openLocation(on.viewer, null);
  const ticketId = await on.enter(locationId);
  const explanation = 'Free of charge: the location had no tariff when the vehicle entered.';
  const quote = '{ quote { lines { rule explanation } due { amount } } }';
  expect(await entity('Ticket', ticketId, quote)).toEqual({
    quote: { lines: [{ rule: 'NO_TARIFF', explanation }], due: { amount: '0.00' } },
  });
  expect(await entity('Location', locationId, '{ tariff { id } }')).toEqual({ tariff: null });
});
