import 'reflect-metadata';
import type { Subgraph } from '@plaza/platform/subgraph';
import { graphql } from 'graphql';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());

async function ask<Answer>(source: string, input: object): Promise<Answer> {
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source,
    variableValues: { input },
    contextValue: subgraph.context(on.viewer, 'test'),
  });
  if (errors?.[0]) throw errors[0];
  return structuredClone(data) as Answer;
}

const PAY = `mutation ($input: PayTicketInput!) { payTicket(input: $input) { __typename
  ... on TicketPaid { payment { id amount { amount } rounding { amount } cashReceived { amount } change { amount }
    nextAction { kind } disputes { id } } receipt { number } }
  ... on TicketPartlyPaid { due { amount currencyCode } receipt { number } payment { change { amount } } }
  ... on PaymentActionRequired { message action { kind url } payment { id status nextAction { kind } } }
  ... on AmountExceedsDue { due { amount } }
  ... on NotEnoughCash { message asked { amount currencyCode } } } }`;
const pay = async (ticketId: string, input: object) =>
  (await ask<{ payTicket: Record<string, unknown> }>(PAY, { ticketId, ...input })).payTicket;
const car = async () => on.enter(await on.openLocation());

test('parts, change and what is still due speak the graph’s words', async () => {
  const ticketId = await car();
  expect(await pay(ticketId, { method: 'CASH', amount: '0.50' })).toEqual({
    __typename: 'TicketPartlyPaid',
    due: { amount: '1.50', currencyCode: 'EUR' },
    receipt: { number: '2026-000001' },
    payment: { change: null },
  });
  expect(await pay(ticketId, { method: 'CASH', amount: '9' })).toEqual({
    __typename: 'AmountExceedsDue',
    due: { amount: '1.50' },
  });
  expect(await pay(ticketId, { method: 'CASH', tender: { cashReceived: '1' } })).toEqual({
    __typename: 'NotEnoughCash',
    message: 'This is less cash than was asked for.',
    asked: { amount: '1.50', currencyCode: 'EUR' },
  });
  expect(await pay(ticketId, { method: 'CASH', tender: { cashReceived: '5' } })).toMatchObject({
    __typename: 'TicketPaid',
    payment: {
      amount: { amount: '1.50' },
      rounding: { amount: '0.00' },
      cashReceived: { amount: '5.00' },
      change: { amount: '3.50' },
      nextAction: null,
      disputes: [],
    },
    receipt: { number: '2026-000002' },
  });
});

test('a second step and giving up speak the graph’s words', async () => {
  const ticketId = await car();
  const waiting = await pay(ticketId, { method: 'CARD', tender: { token: 'tok_second_step' } });
  expect(waiting).toEqual({
    __typename: 'PaymentActionRequired',
    message: 'The bank has sent the payer a code: confirm the payment with it.',
    action: { kind: 'CODE', url: null },
    payment: { id: expect.any(String), status: 'PENDING', nextAction: { kind: 'CODE' } },
  });
  const { id: paymentId } = waiting.payment as { id: string };
  const confirmed = await ask(
    `mutation ($input: ConfirmPaymentInput!) { confirmPayment(input: $input) { __typename
      ... on TicketPaid { payment { status } receipt { number } } } }`,
    { paymentId, code: '123456' },
  );
  expect(confirmed).toEqual({
    confirmPayment: {
      __typename: 'TicketPaid',
      payment: { status: 'SUCCEEDED' },
      receipt: { number: '2026-000001' },
    },
  });
  const cancelled = await ask(
    `mutation ($input: CancelPaymentInput!) { cancelPayment(input: $input) { __typename
      ... on PaymentNotCancellable { message payment { status } } } }`,
    { paymentId },
  );
  expect(cancelled).toMatchObject({ cancelPayment: { payment: { status: 'SUCCEEDED' } } });
});

test('a refund policy is set, shown and told where it refuses', async () => {
  const locationId = await on.openLocation();
  const ticketId = await on.enter(locationId);
  const paid = await pay(ticketId, { method: 'CASH' });
  const policy = '{ windowDays mostPercent reasons who setAt location { id } }';
  const before = await ask(`{ refundPolicy(locationId: "${locationId}") ${policy} }`, {});
  expect(before).toEqual({
    refundPolicy: {
      windowDays: 90,
      mostPercent: 100,
      reasons: [],
      who: 'ANYBODY',
      setAt: null,
      location: null,
    },
  });
  await ask(
    `mutation ($input: SetRefundPolicyInput!) { setRefundPolicy(input: $input) { ... on RefundPolicySet {
      policy ${policy} } } }`,
    { locationId, mostPercent: 25 },
  );
  const refused = await ask(
    `mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { __typename ... on RefundNotAllowed {
      reason policy ${policy} payment { refunded { amount } } } } }`,
    { paymentId: (paid.payment as { id: string }).id, reason: 'Broken lift' },
  );
  expect(refused).toEqual({
    refundPayment: {
      __typename: 'RefundNotAllowed',
      reason: 'PERCENT_EXCEEDED',
      policy: {
        windowDays: null,
        mostPercent: 25,
        reasons: [],
        who: 'ANYBODY',
        setAt: expect.any(String),
        location: { id: locationId },
      },
      payment: { refunded: { amount: '0.00' } },
    },
  });
});
