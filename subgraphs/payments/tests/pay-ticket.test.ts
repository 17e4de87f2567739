import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { SandboxProvider } from '../src/providers/sandbox/sandbox.provider.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { HOUR, openPayments, tenderOf, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

const statusOf = async (ticketId: string) =>
  (await on.see<{ status: string }>('select status from tickets.ticket where id = $1', [ticketId]))[0]
    ?.status;
const moneyOf = (ticketId: string) =>
  on.see<{ kind: string; amount: string }>(
    `select a.kind, sum(e.amount) as amount from payments.entry e join payments.account a on a.id = e.account_id
     join payments.ledger_transaction t on t.id = e.transaction_id join payments.payment p on p.id = t.payment_id
     where p.ticket_id = $1 group by a.kind order by a.kind`,
    [ticketId],
  );
const receiptsOf = (ticketId: string) =>
  on.see('select number, year from payments.receipt where ticket_id = $1 order by number', [ticketId]);
const eventsOf = async (paymentId: string) =>
  (
    await on.see<{ type: string }>('select type from events.event where subject_id = $1 order by seq', [
      paymentId,
    ])
  ).map(({ type }) => type);

test('cash settles the ticket, fills the ledger, gives a receipt and tells it, all at once', async () => {
  const locationId = await on.openLocation();
  const ticketId = await on.enter(locationId, 1.5);
  const paid = await payTicket(on.as(), { ticketId, method: 'CASH' });
  expect(paid).toMatchObject({
    __typename: 'TicketPaid',
    ticket: { id: ticketId },
    payment: { status: 'SUCCEEDED', amount: 400, tax: 69, currencyCode: 'EUR', method: 'CASH' },
  });
  expect(await receiptsOf(ticketId)).toEqual([{ number: 1, year: 2026 }]);
  expect(await statusOf(ticketId)).toBe('SETTLED');
  expect(await moneyOf(ticketId)).toEqual([
    { kind: 'CASH_DRAWER', amount: '400' },
    { kind: 'REVENUE', amount: '-331' },
    { kind: 'TAX', amount: '-69' },
  ]);
  expect(await eventsOf((paid as { payment: { id: string } }).payment.id)).toEqual(['payment.succeeded']);
});

test.each(['CARD', 'DIGITAL'] as const)('%s is charged by the sandbox, once', async (method) => {
  const ticketId = await on.enter(await on.openLocation());
  const paid = await payTicket(on.as(), { ticketId, method, tender: tenderOf(method) });
  expect(paid).toMatchObject({ __typename: 'TicketPaid', payment: { status: 'SUCCEEDED', amount: 200 } });
  expect(await statusOf(ticketId)).toBe('SETTLED');
  expect(await moneyOf(ticketId)).toContainEqual({ kind: `${method}_CLEARING`, amount: '200' });
});

test.each([
  ['tok_decline_insufficient_funds', 'INSUFFICIENT_FUNDS'],
  ['tok_decline_expired_card', 'EXPIRED_CARD'],
  ['tok_decline_refused', 'REFUSED'],
  ['tok_unheard_of', 'UNKNOWN_TOKEN'],
])('%s is declined with %s, takes nothing, and the driver may try again', async (token, reason) => {
  const ticketId = await on.enter(await on.openLocation());
  const declined = await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token } });
  expect(declined).toMatchObject({ __typename: 'PaymentDeclined', reason, payment: { status: 'DECLINED' } });
  expect(await moneyOf(ticketId)).toEqual([]);
  expect(await statusOf(ticketId)).toBe('OPEN');
  expect(await eventsOf((declined as { payment: { id: string } }).payment.id)).toEqual(['payment.declined']);
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({ __typename: 'TicketPaid' });
});

test('a card without a token is refused before anything happens', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await expect(payTicket(on.as(), { ticketId, method: 'CARD' })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'tender.token' },
  });
  expect(await on.see('select 1 from payments.payment where ticket_id = $1', [ticketId])).toEqual([]);
});

test.each(['CARD', 'DIGITAL'] as const)(
  'where no provider takes %s, the method is refused',
  async (method) => {
    const ticketId = await on.enter(await on.openLocation());
    const off = new SandboxProvider(on.database, { methods: [], key: Buffer.alloc(32) });
    const paying = payTicket(on.as(on.viewer, [off]), { ticketId, method, tender: tenderOf(method) });
    await expect(paying).rejects.toMatchObject({
      message: `No provider takes ${method} here.`,
      extensions: { code: 'BAD_USER_INPUT', field: 'method' },
    });
    expect(await on.see('select 1 from payments.payment where ticket_id = $1', [ticketId])).toEqual([]);
  },
);

test('nothing is due on a paid ticket, nor where there is no tariff', async () => {
  const paid = await on.enter(await on.openLocation());
  await payTicket(on.as(), { ticketId: paid, method: 'CASH' });
  const free = await on.enter(await on.openLocation(on.viewer, null));
  for (const ticketId of [paid, free]) {
    expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({
      __typename: 'NothingDue',
    });
  }
});

test('a ticket that is over cannot be paid, and a strange one is not found', async () => {
  const ticketId = await on.enter(await on.openLocation(on.viewer, null));
  await recordExit(on.as(), { ticketId });
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({
    __typename: 'TicketNotPayable',
  });
  for (const unknown of [newId(), 'no uuid']) {
    await expect(payTicket(on.as(), { ticketId: unknown, method: 'CASH' })).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
  }
});

test('a driver who lost the ticket pays and leaves as others do', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await on.mark(ticketId, 'LOST');
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'PaymentRequired' });
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({ __typename: 'TicketPaid' });
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
});

test('who stays beyond the grace pays the rest', async () => {
  const { viewer, clock } = on;
  const ticketId = await on.enter(await on.openLocation());
  await payTicket(on.as(), { ticketId, method: 'CASH' });
  clock.advance(1.2 * HOUR);
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({
    __typename: 'PaymentRequired',
    quote: { paid: 200, due: 400 },
  });
  expect(await payTicket(on.as(viewer), { ticketId, method: 'CASH' })).toMatchObject({
    payment: { amount: 400 },
  });
  expect(await receiptsOf(ticketId)).toEqual([
    { number: 1, year: 2026 },
    { number: 2, year: 2026 },
  ]);
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
});

test('a stay of 2016 is priced, receipted and closed at its own time', async () => {
  const ticketId = await on.enter(await on.openLocation(), 24 * 365 * 10);
  const [{ entered_at: enteredAt } = { entered_at: new Date() }] = await on.see<{ entered_at: Date }>(
    'select entered_at from tickets.ticket where id = $1',
    [ticketId],
  );
  const exitedAt = new Date(enteredAt.getTime() + 2.5 * HOUR);
  expect(await recordExit(on.as(), { ticketId, exitedAt })).toMatchObject({ quote: { due: 600 } });
  expect(await payTicket(on.as(), { ticketId, method: 'CASH', paidAt: exitedAt })).toMatchObject({
    payment: { amount: 600, paidAt: exitedAt },
  });
  expect(await receiptsOf(ticketId)).toEqual([{ number: 1, year: 2016 }]);
  expect(await recordExit(on.as(), { ticketId, exitedAt })).toMatchObject({ __typename: 'VehicleExited' });
  const operator = testViewer({
    tenantId: on.viewer.tenantId,
    scopes: ['payments:write', 'tickets:write', 'tickets:read'],
  });
  for (const story of [
    () => payTicket(on.as(operator), { ticketId, method: 'CASH', paidAt: exitedAt }),
    () => recordExit(on.as(operator), { ticketId, exitedAt }),
  ]) {
    await expect(story()).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  }
});

test('an exit or a payment before the entry, or in the future, names its field', async () => {
  const ticketId = await on.enter(await on.openLocation());
  for (const hours of [-2, 1]) {
    const at = new Date(on.clock.now().getTime() + hours * HOUR);
    await expect(recordExit(on.as(), { ticketId, exitedAt: at })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'exitedAt' },
    });
    await expect(payTicket(on.as(), { ticketId, method: 'CASH', paidAt: at })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'paidAt' },
    });
  }
});

test('receipts of a location and year are numbered without gaps, refused payments included', async () => {
  const locationId = await on.openLocation();
  const tickets = [];
  for (let car = 0; car < 12; car += 1) tickets.push(await on.enter(locationId));
  await Promise.all(
    tickets.map((ticketId, index) =>
      payTicket(on.as(), {
        ticketId,
        ...[
          { method: 'CASH' as const },
          { method: 'CARD' as const, tender: { token: 'tok_approve' } },
          { method: 'CARD' as const, tender: { token: 'tok_decline_refused' } },
        ][index % 3]!,
      }),
    ),
  );
  const numbers = await on.see<{ number: number }>(
    'select number from payments.receipt where location_id = $1 order by number',
    [locationId],
  );
  expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('each story asks for its scope', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const reader = testViewer({ tenantId: on.viewer.tenantId, scopes: ['payments:read', 'tickets:read'] });
  await expect(payTicket(on.as(reader), { ticketId, method: 'CASH' })).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN' },
  });
  await expect(recordExit(on.as(reader), { ticketId })).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN' },
  });
  await expect(payTicket(on.as(null), { ticketId, method: 'CASH' })).rejects.toMatchObject({
    extensions: { code: 'UNAUTHENTICATED' },
  });
});
