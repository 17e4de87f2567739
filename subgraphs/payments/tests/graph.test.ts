import 'reflect-metadata';
import { jest } from '@jest/globals';
import { Transaction } from '@plaza/platform/database/transaction';
import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import {
  graphql,
  isIntrospectionType,
  isObjectType,
  isInputObjectType,
  isEnumType,
  isUnionType,
} from 'graphql';
import { readPaymentSettings } from '../src/config.js';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { type Answer, askGraph } from './ask-graph.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());

const ask = (source: string, variables: object = {}, viewer: Viewer = on.viewer): Promise<Answer> =>
  askGraph(subgraph, viewer, source, variables as Record<string, unknown>);

const entities = async (type: string, ids: string[], selection: string, viewer?: Viewer) =>
  (
    await ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} ${selection} } }`,
      { of: ids.map((id) => ({ __typename: type, id })) },
      viewer,
    )
  )._entities as Answer[];

const TARIFF = {
  currencyCode: 'EUR',
  bands: [{ steps: [{ minutes: 30, price: '1.50' }] }],
  caps: [{ amount: '15.00', per: 'HOURS_24' }],
  graces: { entry: 10 },
  tax: { percent: '21' },
};

test('everything is described for a frontend developer', () => {
  const missing: string[] = [];
  for (const type of Object.values(subgraph.schema.getTypeMap())) {
    const ours = !/^(_|link__|(Query|Mutation|Subscription)$)/.test(type.name);
    if (isIntrospectionType(type) || !ours) continue;
    if (
      (isObjectType(type) || isInputObjectType(type) || isEnumType(type) || isUnionType(type)) &&
      !type.description
    ) {
      missing.push(type.name);
    }
    if (isObjectType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (!field.description) missing.push(`${type.name}.${field.name}`);
        for (const arg of 'args' in field ? field.args : []) {
          if (!arg.description) missing.push(`${type.name}.${field.name}(${arg.name})`);
        }
      }
    }
    if (isEnumType(type)) {
      for (const value of type.getValues())
        if (!value.description) missing.push(`${type.name}.${value.name}`);
    }
  }
  expect(missing).toEqual([]);
});

test('a preview takes a kind of vehicle and a time zone, and refuses a zone that does not exist', async () => {
  const preview = (timeZone: string) =>
    ask(
      `query ($tariff: TariffInput!, $timeZone: String) {
        previewQuote(tariff: $tariff, enteredAt: "2026-05-04T08:00:00Z", exitedAt: "2026-05-04T09:00:00Z",
          vehicleKind: MOTORCYCLE, timeZone: $timeZone) { total { amount } } }`,
      { tariff: TARIFF, timeZone },
    );
  expect(await preview('Europe/Madrid')).toEqual({ previewQuote: { total: { amount: '3.00' } } });
  await expect(preview('Europe/Birmingham')).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'timeZone' },
  });
});

test('a quote explains itself and what is previewed is what is charged', async () => {
  const { previewQuote } = await ask(
    `query ($tariff: TariffInput!) {
      previewQuote(tariff: $tariff, enteredAt: "2026-05-04T08:00:00Z", exitedAt: "2026-05-05T09:10:00Z") {
        lines { rule from to quantity unitPrice { amount } amount { amount currencyCode } explanation }
        subtotal { amount } discount { amount } tax { amount } total { amount } paid { amount } due { amount }
        validUntil tariffVersion { id } } }`,
    { tariff: TARIFF },
  );
  expect(previewQuote).toEqual({
    lines: [
      {
        rule: 'CAP',
        from: '2026-05-04T08:00:00.000Z',
        to: '2026-05-05T08:00:00.000Z',
        quantity: '1',
        unitPrice: { amount: '15.00' },
        amount: { amount: '15.00', currencyCode: 'EUR' },
        explanation: '1 day of 24 hours at the daily maximum of €15.00.',
      },
      {
        rule: 'INCREMENT',
        from: '2026-05-05T08:00:00.000Z',
        to: '2026-05-05T09:10:00.000Z',
        quantity: '3',
        unitPrice: { amount: '1.50' },
        amount: { amount: '4.50', currencyCode: 'EUR' },
        explanation: 'Parking: 3 started periods of 30 minutes at €1.50.',
      },
    ],
    subtotal: { amount: '19.50' },
    discount: { amount: '0.00' },
    tax: { amount: '3.38' },
    total: { amount: '19.50' },
    paid: { amount: '0.00' },
    due: { amount: '19.50' },
    validUntil: '2026-05-05T09:30:00.000Z',
    tariffVersion: null,
  });
});

const PUBLISH = `mutation ($input: PublishTariffInput!) { publishTariff(input: $input) { __typename
  ... on TariffPublished { tariff { id number name effectiveFrom location { id } rules { currencyCode
    bands { name steps { minutes price } } caps { amount per } graces { entry exit } tax { percent included } } } }
  ... on TariffInvalid { message faults { path message } } } }`;

test('a tariff is published in versions, the one at the entry binds, and history is not rewritten', async () => {
  const locationId = await on.openLocation();
  const before = await on.enter(locationId);
  const { publishTariff } = await ask(PUBLISH, { input: { locationId, name: 'Summer', tariff: TARIFF } });
  expect(publishTariff).toMatchObject({
    __typename: 'TariffPublished',
    tariff: {
      number: 2,
      name: 'Summer',
      location: { id: locationId },
      rules: {
        currencyCode: 'EUR',
        bands: [{ name: 'Parking', steps: [{ minutes: 30, price: '1.50' }] }],
        caps: [{ amount: '15.00', per: 'HOURS_24' }],
        graces: { entry: 10, exit: 15 },
        tax: { percent: '21', included: true },
      },
    },
  });
  const after = await on.enter(locationId, 0);
  on.clock.advance(3_600_000);
  const [old, recent] = await entities(
    'Ticket',
    [before, after],
    '{ quote { due { amount } tariffVersion { number } } }',
  );
  expect(old).toEqual({ quote: { due: { amount: '4.00' }, tariffVersion: { number: 1 } } });
  expect(recent).toEqual({ quote: { due: { amount: '3.00' }, tariffVersion: { number: 2 } } });
  const versions = await entities(
    'Location',
    [locationId],
    '{ tariff { number } then: tariff(at: "2020-01-01T00:00:00Z") { number } never: tariff(at: "2010-01-01T00:00:00Z") { number } }',
  );
  expect(versions).toEqual([{ tariff: { number: 2 }, then: { number: 1 }, never: null }]);
  const rewritten = await ask(PUBLISH, {
    input: { locationId, name: 'Too late', tariff: TARIFF, effectiveFrom: '2016-01-01T00:00:00Z' },
  });
  expect(rewritten.publishTariff).toMatchObject({
    __typename: 'TariffInvalid',
    faults: [{ path: 'effectiveFrom' }],
  });
  on.clock.advance(-3_600_000);
});

test.each([
  ['bands.0.steps.0.price', { bands: [{ steps: [{ minutes: 30, price: '1.505' }] }] }],
  ['bands.0.steps.0.minutes', { bands: [{ steps: [{ minutes: 0, price: '1.50' }] }] }],
  ['bands.0.windows.0.from', { bands: [{ steps: [], windows: [{ from: '8 am', to: '20:00' }] }] }],
  ['caps.0.bands.0', { caps: [{ amount: '5.00', per: 'BAND', bands: ['Night'] }] }],
  ['currencyCode', { currencyCode: 'USD' }],
  ['tax.percent', { tax: { percent: '-3' } }],
  ['overstay.factor', { overstay: { after: 60 } }],
])('a faulty tariff is not published and names the rule %s', async (path, over) => {
  const locationId = await on.openLocation();
  const { publishTariff } = await ask(PUBLISH, {
    input: { locationId, name: 'Bad', tariff: { ...TARIFF, ...over } },
  });
  expect(publishTariff).toMatchObject({ __typename: 'TariffInvalid', faults: [{ path }] });
});

test('a quote looks at most 100 days ahead', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await expect(
    entities('Ticket', [ticketId], '{ quote(at: "9999-12-31T00:00:00Z") { due { amount } } }'),
  ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'at' } });
});

test('nobody prices another tenant’s location or quotes its tickets', async () => {
  const locationId = await on.openLocation();
  const ticketId = await on.enter(locationId);
  const stranger = testViewer();
  await expect(
    ask(PUBLISH, { input: { locationId, name: 'Mine', tariff: TARIFF } }, stranger),
  ).rejects.toMatchObject({
    extensions: { code: 'NOT_FOUND' },
  });
  await expect(
    entities('Ticket', [ticketId], '{ quote { due { amount } } }', stranger),
  ).rejects.toMatchObject({
    extensions: { code: 'NOT_FOUND' },
  });
  expect(await entities('Ticket', [ticketId], '{ payments { id } receipt { id } }', stranger)).toEqual([
    { payments: [], receipt: null },
  ]);
});

test('paying, leaving and giving back speak the graph’s words', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const LEAVE = `mutation ($input: RecordExitInput!) { recordExit(input: $input) { __typename
    ... on PaymentRequired { quote { due { amount } lines { explanation } tariffVersion { name } } }
    ... on VehicleExited { ticket { id } } } }`;
  const key = newId();
  const refused = await ask(LEAVE, { input: { ticketId, idempotencyKey: key } });
  expect(refused.recordExit).toMatchObject({
    quote: { due: { amount: '2.00' }, tariffVersion: { name: 'Standard' } },
  });
  expect(await ask(LEAVE, { input: { ticketId, idempotencyKey: key } })).toEqual(refused);
  const { payTicket: paid } = await ask(
    `mutation ($input: PayTicketInput!) { payTicket(input: $input) { __typename ... on TicketPaid { ticket { id }
      payment { id status amount { amount } receipt { number } ticket { id } }
      receipt { number issuedAt total { amount } amount { amount } tax { amount } paidBefore { amount }
        lines { explanation amount { amount } } payment { id } } } } }`,
    { input: { ticketId, method: 'CARD', tender: { token: 'tok_approve' } } },
  );
  expect(paid).toMatchObject({
    __typename: 'TicketPaid',
    payment: {
      status: 'SUCCEEDED',
      amount: { amount: '2.00' },
      receipt: { number: '2026-000001' },
      ticket: { id: ticketId },
    },
    receipt: { total: { amount: '2.00' }, tax: { amount: '0.35' }, lines: [{ amount: { amount: '2.00' } }] },
  });
  const { refundPayment: refunded } = await ask(
    `mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { __typename
      ... on PaymentRefunded { refund { status amount { amount } } payment { status refunded { amount } refunds { reason } } }
      ... on RefundExceedsPayment { refundable { amount } } } }`,
    { input: { paymentId: paid.payment.id, amount: '0.50', reason: 'Broken lift' } },
  );
  expect(refunded).toEqual({
    __typename: 'PaymentRefunded',
    refund: { status: 'SUCCEEDED', amount: { amount: '0.50' } },
    payment: {
      status: 'PARTIALLY_REFUNDED',
      refunded: { amount: '0.50' },
      refunds: [{ reason: 'Broken lift' }],
    },
  });
  expect((await ask(LEAVE, { input: { ticketId } })).recordExit).toEqual({
    __typename: 'VehicleExited',
    ticket: { id: ticketId },
  });
  const [ticket] = await entities(
    'Ticket',
    [ticketId],
    '{ balance { amount } payments { method declineReason } receipt { number } quote { total { amount } discount { amount } } }',
  );
  expect(ticket).toEqual({
    balance: { amount: '0.00' },
    payments: [{ method: 'CARD', declineReason: null }],
    receipt: { number: '2026-000001' },
    quote: { total: { amount: '1.50' }, discount: { amount: '0.50' } },
  });
});

test('the number of statements does not depend on the number of tickets', async () => {
  const locationId = await on.openLocation();
  const tickets = [];
  for (let car = 0; car < 50; car += 1) tickets.push(await on.enter(locationId));
  for (const ticketId of tickets.slice(0, 5)) await payTicket(on.as(), { ticketId, method: 'CASH' });
  const everything = `{ quote { due { amount } lines { explanation } tariffVersion { name } } balance { amount }
    payments { amount { amount } refunds { id } receipt { number } } receipt { lines { explanation } } }`;
  const [rows, run] = [jest.spyOn(Transaction.prototype, 'rows'), jest.spyOn(Transaction.prototype, 'run')];
  const statements = async (ids: string[]) => {
    const before = rows.mock.calls.length + run.mock.calls.length;
    expect(await entities('Ticket', ids, everything)).toHaveLength(ids.length);
    return rows.mock.calls.length + run.mock.calls.length - before;
  };
  const forOne = await statements(tickets.slice(0, 1));
  expect(await statements(tickets)).toBe(forOne);
  expect(forOne).toBeLessThanOrEqual(7);
  rows.mockRestore();
  run.mockRestore();
});

test('revenue comes from the ledger, cut on the clock of the location', async () => {
  const locationId = await on.openLocation();
  const idle = await on.openLocation();
  const pay = async (paidAt: string, method: 'CASH' | 'CARD') => {
    on.clock.set(paidAt);
    const ticketId = await on.enter(locationId);
    const tender = method === 'CARD' ? { token: 'tok_approve' } : null;
    const paid = await payTicket(on.as(), { ticketId, method, tender });
    return paid.__typename === 'TicketPaid' ? paid.payment.id : '';
  };
  // 23:30 and 00:30 in Madrid, on either side of midnight, and next day's 12:00
  await pay('2026-06-01T21:30:00Z', 'CASH');
  await pay('2026-06-01T22:30:00Z', 'CARD');
  const paymentId = await pay('2026-06-02T10:00:00Z', 'CASH');
  await refundPayment(on.as(), { paymentId, amount: '0.50', reason: 'Kindness' });
  const report = (by: string) =>
    entities(
      'Location',
      [locationId, idle],
      `{ revenue(from: "2026-06-01T00:00:00Z", to: "2026-06-03T00:00:00Z", by: ${by}) {
        total { amount currencyCode } tax { amount } groups { from to method amount { amount } payments refunds } } }`,
    );
  const [byDay, nothing] = await report('DAY');
  expect(byDay?.revenue).toEqual({
    total: { amount: '5.50', currencyCode: 'EUR' },
    tax: { amount: '0.96' },
    groups: [
      {
        from: '2026-05-31T22:00:00.000Z',
        to: '2026-06-01T22:00:00.000Z',
        method: null,
        amount: { amount: '2.00' },
        payments: 1,
        refunds: 0,
      },
      {
        from: '2026-06-01T22:00:00.000Z',
        to: '2026-06-02T22:00:00.000Z',
        method: null,
        amount: { amount: '3.50' },
        payments: 2,
        refunds: 1,
      },
    ],
  });
  expect(nothing?.revenue).toEqual({
    total: { amount: '0.00', currencyCode: 'EUR' },
    tax: { amount: '0.00' },
    groups: [],
  });
  const [byMethod] = await report('METHOD');
  expect(byMethod?.revenue.groups).toMatchObject([
    { method: 'CARD', amount: { amount: '2.00' } },
    { method: 'CASH', amount: { amount: '3.50' } },
  ]);
  const [byHour] = await report('HOUR');
  expect(byHour?.revenue.groups).toHaveLength(3);
});

test('an event from the log becomes a payment', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const paid = await payTicket(on.as(), { ticketId, method: 'CASH' });
  const { _entities: received } = await ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on PaymentReceived {
      eventId type occurredAt cursor payment { id amount { amount } } } } }`,
    {
      of: [
        {
          __typename: 'PaymentReceived',
          eventId: newId(),
          type: 'payment.succeeded',
          occurredAt: '2026-05-04T08:00:00.000Z',
          cursor: 'c1',
          subjectId: (paid as { payment: { id: string } }).payment.id,
        },
      ],
    },
  );
  expect(received).toMatchObject([
    { type: 'payment.succeeded', cursor: 'c1', payment: { amount: { amount: '2.00' } } },
  ]);
});

test('the settings decide whether the sandbox takes cards', async () => {
  const off = await createPaymentsSubgraph(
    { ...on.as(), secrets: on.test.secrets },
    readPaymentSettings({ PLAZA_SANDBOX_PAYMENTS: 'off' }),
  );
  const ticketId = await on.enter(await on.openLocation());
  const { errors } = await graphql({
    schema: off.schema,
    source: `mutation { payTicket(input: { ticketId: "${ticketId}", method: CARD, tender: { token: "tok_approve" } }) {
      __typename } }`,
    contextValue: off.context(on.viewer, 'test'),
  });
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'method' } });
});
