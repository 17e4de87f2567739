import { newId } from '@plaza/platform/ids';
import type { PayTicketInput } from '../src/use-cases/pay-ticket.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { HOUR, HOURLY, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

const MINUTE = 60_000;
const car = async () => on.enter(await on.openLocation());
const pay = (ticketId: string, input: Partial<PayTicketInput> = {}) =>
  payTicket(on.as(), { ticketId, method: 'CASH', ...input });
const card = (ticketId: string, amount?: string) =>
  pay(ticketId, { method: 'CARD', tender: { token: 'tok_approve' }, amount: amount ?? null });
const statusOf = async (ticketId: string) =>
  (await on.see<{ status: string }>('select status from tickets.ticket where id = $1', [ticketId]))[0]
    ?.status;
const takenOf = async (ticketId: string) =>
  on.see<{ kind: string; sum: number }>(
    `select a.kind, sum(e.amount)::int as sum from payments.entry e join payments.account a on a.id = e.account_id
     join payments.ledger_transaction t on t.id = e.transaction_id join payments.payment p on p.id = t.payment_id
     where p.ticket_id = $1 group by 1 having sum(e.amount) <> 0 order by 1`,
    [ticketId],
  );

describe('a ticket paid in parts', () => {
  test('settles with the last part, whatever each is paid with, and its taxes add up', async () => {
    const ticketId = await car();
    expect(await pay(ticketId, { amount: '0.33' })).toMatchObject({
      __typename: 'TicketPartlyPaid',
      payment: { amount: 33, status: 'SUCCEEDED' },
      due: { amount: 167, currencyCode: 'EUR' },
    });
    expect(await statusOf(ticketId)).toBe('OPEN');
    expect(await recordExit(on.as(), { ticketId })).toMatchObject({
      __typename: 'PaymentRequired',
      quote: { paid: 33, due: 167 },
    });
    expect(await card(ticketId, '0.67')).toMatchObject({
      __typename: 'TicketPartlyPaid',
      due: { amount: 100 },
    });
    expect(await card(ticketId)).toMatchObject({ __typename: 'TicketPaid', payment: { amount: 100 } });
    expect(await statusOf(ticketId)).toBe('SETTLED');
    expect(await takenOf(ticketId)).toEqual([
      { kind: 'CARD_CLEARING', sum: 167 },
      { kind: 'CASH_DRAWER', sum: 33 },
      { kind: 'REVENUE', sum: -165 },
      { kind: 'TAX', sum: -35 },
    ]);
    expect(await on.see('select 1 from payments.receipt where ticket_id = $1', [ticketId])).toHaveLength(3);
    expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
  });

  test('is not paid more than it costs, however many pay at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ticketId = await car();
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          index % 2 ? pay(ticketId, { amount: '0.75' }) : card(ticketId, '0.75'),
        ),
      );
      const names = new Set(outcomes.map(({ __typename }) => __typename));
      for (const name of names) {
        expect(['TicketPartlyPaid', 'AmountExceedsDue', 'PaymentInProgress']).toContain(name);
      }
      const [{ sum } = { sum: 0 }] = await on.see<{ sum: number }>(
        `select coalesce(sum(amount), 0)::int as sum from payments.payment where ticket_id = $1 and status = 'SUCCEEDED'`,
        [ticketId],
      );
      expect([75, 150]).toContain(sum);
      await pay(ticketId);
      const money = (await takenOf(ticketId)).filter(({ kind }) => /CLEARING|DRAWER/.test(kind));
      expect(money.reduce((all, one) => all + one.sum, 0)).toBe(200);
    }
  });

  test('has no grace before all is paid: small parts do not stop its clock', async () => {
    const ticketId = await on.enter(await on.openLocation(), 0.9);
    await pay(ticketId, { amount: '0.05' });
    on.clock.advance(5 * MINUTE);
    try {
      await pay(ticketId, { amount: '0.05' });
      on.clock.advance(10 * MINUTE);
      // the second hour has begun since the last part was paid
      expect(await recordExit(on.as(), { ticketId })).toMatchObject({ quote: { total: 400, due: 390 } });
      await pay(ticketId);
      on.clock.advance(14 * MINUTE);
      expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
    } finally {
      on.clock.advance(-29 * MINUTE);
    }
  });

  test('tells what is due to who offers more, and refuses amounts that are none', async () => {
    const ticketId = await car();
    expect(await card(ticketId, '2.01')).toMatchObject({
      __typename: 'AmountExceedsDue',
      due: { amount: 200, currencyCode: 'EUR' },
    });
    for (const amount of ['0', '-1', '0.001', 'much']) {
      await expect(card(ticketId, amount)).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', field: 'amount' },
      });
    }
    expect(await takenOf(ticketId)).toEqual([]);
  });

  test('answers the same key with the same part, and another part under it is a conflict', async () => {
    const ticketId = await car();
    const part = { ticketId, method: 'CASH' as const, amount: '0.50', idempotencyKey: newId() };
    const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));
    const first = plain(await payTicket(on.as(), part));
    expect(plain(await payTicket(on.as(), part))).toEqual(first);
    await expect(payTicket(on.as(), { ...part, amount: '0.60' })).rejects.toMatchObject({
      extensions: { code: 'CONFLICT' },
    });
  });
});

describe('cash', () => {
  const COINS = {
    ...HOURLY,
    bands: [{ steps: [{ minutes: 60, price: '2.03' }] }],
    rounding: { cashUnit: 5 },
  };
  const coinCar = async () => on.enter(await on.openLocation(on.viewer, COINS));

  test('gives change for what was handed over', async () => {
    const ticketId = await car();
    expect(await pay(ticketId, { tender: { cashReceived: '5.00' } })).toMatchObject({
      __typename: 'TicketPaid',
      payment: { amount: 200, rounding: 0, cashReceived: 500 },
    });
    expect(await takenOf(ticketId)).toContainEqual({ kind: 'CASH_DRAWER', sum: 200 });
  });

  test('that is too little is refused, and nothing is taken', async () => {
    const ticketId = await car();
    expect(await pay(ticketId, { tender: { cashReceived: '1.99' } })).toMatchObject({
      __typename: 'NotEnoughCash',
      asked: { amount: 200 },
    });
    expect(await statusOf(ticketId)).toBe('OPEN');
  });

  test('is not handed over for a card', async () => {
    const tender = { token: 'tok_approve', cashReceived: '5.00' };
    await expect(pay(await car(), { method: 'CARD', tender })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'tender.cashReceived' },
    });
  });

  test('is not less than nothing', async () => {
    await expect(pay(await car(), { tender: { cashReceived: '-1' } })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'tender.cashReceived' },
    });
  });

  test('has no token', async () => {
    await expect(pay(await car(), { tender: { token: 'tok_approve' } })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'tender.token' },
    });
  });

  test('is rounded to the coins there are, a card is not, and a full refund gives the coins back', async () => {
    const ticketId = await coinCar();
    const paid = await pay(ticketId, { tender: { cashReceived: '2.05' } });
    expect(paid).toMatchObject({
      __typename: 'TicketPaid',
      payment: { amount: 203, rounding: 2, cashReceived: 205 },
    });
    expect(await takenOf(ticketId)).toMatchObject([
      { kind: 'CASH_DIFFERENCE', sum: -2 },
      { kind: 'CASH_DRAWER', sum: 205 },
      { kind: 'REVENUE', sum: -168 },
      { kind: 'TAX', sum: -35 },
    ]);
    const { id: paymentId } = (paid as { payment: { id: string } }).payment;
    expect(await refundPayment(on.as(), { paymentId, reason: 'Broken lift' })).toMatchObject({
      refund: { amount: 203, rounding: 2 },
    });
    expect((await takenOf(ticketId)).filter(({ kind }) => /CASH/.test(kind))).toEqual([]);
    expect(await card(await coinCar())).toMatchObject({ payment: { amount: 203, rounding: 0 } });
  });

  test('may be asked for either way, but not in coins that there are not', async () => {
    for (const amount of ['2.03', '2.05']) {
      expect(await pay(await coinCar(), { amount })).toMatchObject({
        __typename: 'TicketPaid',
        payment: { amount: 203, rounding: 2 },
      });
    }
    expect(await pay(await coinCar(), { amount: '1.05' })).toMatchObject({ due: { amount: 98 } });
    await expect(pay(await coinCar(), { amount: '1.03' })).rejects.toMatchObject({
      message: 'There are no smaller coins than 0.05 EUR.',
      extensions: { code: 'BAD_USER_INPUT', field: 'amount' },
    });
  });

  test('never takes less than was asked, nor rounds a card: the database keeps to it', async () => {
    const insert = (method: string, columns: string, values: string) =>
      on.see(
        `insert into payments.payment (tenant_id, ticket_id, location_id, method, provider, status, currency_code, amount,
           tax, quote, paid_at, ${columns})
         values ($1, $2, $2, $3, case $3 when 'CASH' then 'cash' else 'sandbox' end, 'PENDING', 'EUR', 100, 0, '{}', now(),
           ${values})`,
        [on.viewer.tenantId, newId(), method],
      );
    await expect(insert('CASH', 'cash_received', '99')).rejects.toThrow('payment_cash_received');
    await expect(insert('CARD', 'cash_received', '100')).rejects.toThrow('payment_cash_received');
    await expect(insert('CARD', 'rounding', '1')).rejects.toThrow('violates check constraint');
    await expect(insert('CASH', 'rounding', '-101')).rejects.toThrow('payment_handed_over');
    await insert('CASH', 'cash_received, rounding', '105, 5');
  });
});

test('a long stay is paid in parts of its own time', async () => {
  const ticketId = await on.enter(await on.openLocation(), 3);
  const paidAt = new Date(on.clock.now().getTime() - HOUR);
  expect(await pay(ticketId, { amount: '3.00', paidAt })).toMatchObject({ due: { amount: 100 } });
  expect(await pay(ticketId)).toMatchObject({ __typename: 'TicketPaid', payment: { amount: 300 } });
});
