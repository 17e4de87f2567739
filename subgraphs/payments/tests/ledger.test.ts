import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import pg from 'pg';
import { book, type Booking } from '../src/database/ledger.queries.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let booking: Extract<Booking, { paymentId: string }>;
beforeAll(async () => {
  on = await openPayments();
  const ticketId = await on.enter(await on.openLocation());
  const paid = await payTicket(on.as(), { ticketId, method: 'CASH' });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const { id: paymentId, locationId, paidAt: occurredAt } = paid.payment;
  booking = { paymentId, locationId, occurredAt, refundId: null, currencyCode: 'EUR', lines: [] };
});
afterAll(() => on.close());

/** Books lines as another payment of the same location, so that only their balance is in question. */
async function bookLines(lines: Booking['lines']) {
  const [{ id } = { id: '' }] = await on.see<{ id: string }>(
    `insert into payments.payment (tenant_id, ticket_id, location_id, method, status, currency_code, amount, tax, quote,
       paid_at)
     values ($1, $2, $3, 'CASH', 'SUCCEEDED', 'EUR', 100, 0, '{}', now()) returning id`,
    [on.viewer.tenantId, newId(), booking.locationId],
  );
  return on.database.write(on.viewer, (tx) => book(tx, { ...booking, paymentId: id, lines }));
}

test('a transaction that does not add up to zero is not committed', async () => {
  await expect(
    bookLines([
      { account: 'CASH_DRAWER', amount: 100 },
      { account: 'REVENUE', amount: -99 },
    ]),
  ).rejects.toThrow('does not balance');
  await expect(bookLines([{ account: 'REVENUE', amount: 1 }])).rejects.toThrow('does not balance');
  await bookLines([
    { account: 'CASH_DRAWER', amount: 100 },
    { account: 'REVENUE', amount: -100 },
  ]);
});

test('two currencies do not balance each other', async () => {
  const [one, other] = ['EUR', 'USD'].map(
    (currencyCode) => sql`
    insert into payments.entry (transaction_id, location_id, account_id, amount, currency_code)
    select t.id, t.location_id, payments.account_id(t.location_id, 'CASH_DRAWER', ${currencyCode}),
      ${currencyCode === 'EUR' ? 5 : -5}, ${currencyCode}
    from payments.ledger_transaction t where t.payment_id = ${booking.paymentId}`,
  );
  await expect(
    on.database.write(on.viewer, async (tx) => [await tx.run(one!), await tx.run(other!)]),
  ).rejects.toThrow('does not balance');
});

test('no payment is booked twice', async () => {
  const again = on.database.write(on.viewer, (tx) =>
    book(tx, {
      ...booking,
      lines: [
        { account: 'CASH_DRAWER', amount: 100 },
        { account: 'REVENUE', amount: -100 },
      ],
    }),
  );
  await expect(again).rejects.toThrow('ledger_payment_once');
});

/** The balance of each account in what a payment and its refunds booked. */
const balances = (paymentId: string) =>
  on.see<{ account: string; rate: string | null; balance: string }>(
    `select a.kind as account, a.tax_percent as rate, sum(e.amount) as balance from payments.ledger_transaction t
     join payments.entry e on e.transaction_id = t.id join payments.account a on a.id = e.account_id
     where t.payment_id = $1 group by 1, 2 having sum(e.amount) <> 0 order by 1`,
    [paymentId],
  );

test('revenue and its tax stand on the accounts of their rate, and refunds in parts give back exactly that', async () => {
  const ticketId = await on.enter(await on.openLocation(), 4.5);
  const paid = await payTicket(on.as(), { ticketId, method: 'CASH' });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const { id: paymentId } = paid.payment;
  const rate = '21.000';
  expect(await balances(paymentId)).toEqual([
    { account: 'CASH_DRAWER', rate: null, balance: '1000' },
    { account: 'REVENUE', rate, balance: '-826' },
    { account: 'TAX', rate, balance: '-174' },
  ]);
  for (const amount of ['3.33', '3.33', null]) {
    await refundPayment(on.as(), { paymentId, amount, reason: 'Broken barrier' });
  }
  expect(await balances(paymentId)).toEqual([
    { account: 'REFUNDS', rate, balance: '826' },
    { account: 'REVENUE', rate, balance: '-826' },
  ]);
});

test('a transaction records one thing: a payment, a refund of it, a validation or a difference', async () => {
  const nothing = on.database.write(on.viewer, (tx) =>
    tx.run(sql`
      insert into payments.ledger_transaction (location_id, occurred_at) values (${booking.locationId}, now())`),
  );
  await expect(nothing).rejects.toThrow('ledger_source');
});

test('an account has a rate only where something is taxed', async () => {
  const opened = on.database.write(on.viewer, (tx) =>
    tx.run(sql`select payments.account_id(${booking.locationId}, 'CASH_DRAWER', 'EUR', 21)`),
  );
  await expect(opened).rejects.toThrow('account_rate');
});

test('an account exists once, with a rate and without', async () => {
  const twice = (percent: number | null) =>
    on.database.write(on.viewer, (tx) =>
      tx.run(sql`
        insert into payments.account (location_id, kind, currency_code, tax_percent)
        select ${newId()}, 'TAX', 'EUR', ${percent}::numeric from generate_series(1, 2)`),
    );
  await expect(twice(21)).rejects.toThrow('account_once');
  await expect(twice(null)).rejects.toThrow('account_once');
});

describe.each(['entry', 'account', 'ledger_transaction', 'receipt', 'tariff_version'])('%s', (table) => {
  test.each([`update payments.${table} set location_id = location_id`, `delete from payments.${table}`])(
    'is immutable for its own subgraph: %s',
    async (text) => {
      await expect(on.database.write(on.viewer, (tx) => tx.run(sql.raw(text)))).rejects.toThrow(
        'permission denied',
      );
    },
  );
  test.each([
    `update payments.${table} set location_id = location_id`,
    `delete from payments.${table}`,
    `truncate payments.${table} cascade`,
  ])('is immutable for a superuser too: %s', async (text) => {
    await expect(on.see(text)).rejects.toThrow('is never changed');
  });
});

const TABLES = [
  'tariff',
  'tariff_version',
  'payment',
  'refund',
  'receipt',
  'receipt_counter',
  'account',
  'cash_shift',
  'merchant',
  'validation',
  'ledger_transaction',
  'entry',
  'sandbox_charge',
  'sandbox_refund',
  'idempotency_key',
];

test('another tenant sees nothing, and writes nothing in our name', async () => {
  const stranger = testViewer();
  for (const table of TABLES) {
    const rows = await on.database.read(stranger, (tx) =>
      tx.rows(sql.raw(`select 1 from payments.${table}`)),
    );
    expect([table, rows]).toEqual([table, []]);
  }
  const forged = on.database.write(stranger, (tx) =>
    tx.run(sql`
      insert into payments.tariff (tenant_id, location_id) values (${on.viewer.tenantId}, ${newId()})`),
  );
  await expect(forged).rejects.toThrow('row-level security');
});

test('a viewer of other locations sees nothing of this one', async () => {
  const elsewhere = { ...on.viewer, locationIds: [newId()] };
  const here = { ...on.viewer, locationIds: [booking.locationId] };
  const count = (viewer: typeof here, table: string) =>
    on.database.read(viewer, (tx) => tx.rows(sql.raw(`select 1 from payments.${table}`)));
  for (const table of ['tariff_version', 'payment', 'receipt', 'ledger_transaction', 'entry']) {
    expect(await count(elsewhere, table)).toEqual([]);
    expect((await count(here, table)).length).toBeGreaterThan(0);
  }
});

test('every table forces row-level security', async () => {
  const open = await on.see(
    `select relname from pg_class where relnamespace = 'payments'::regnamespace and relkind = 'r'
     and relname not like 'migration%' and not (relrowsecurity and relforcerowsecurity)`,
  );
  expect(open).toEqual([]);
});

test('the recovery sees what is pending of every tenant, and nothing else', async () => {
  const seen = await on.database.read({ tenantId: null, settings: { recovery: 'on' } }, (tx) =>
    tx.rows<{ status: string }>(sql`select status from payments.payment`),
  );
  expect(seen).toEqual([]);
});

test.each(['identity', 'spaces', 'tickets', 'partners', 'gateway'] as const)(
  'the role of %s cannot reach the money',
  async (role) => {
    const client = new pg.Client({ connectionString: on.test.url(role) });
    await client.connect();
    await expect(client.query('select 1 from payments.payment')).rejects.toThrow('permission denied');
    await client.end();
  },
);
