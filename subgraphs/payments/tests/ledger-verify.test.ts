import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import { addMerchant } from '../src/use-cases/add-merchant.js';
import { closeCashShift } from '../src/use-cases/close-cash-shift.js';
import { openCashShift } from '../src/use-cases/open-cash-shift.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordMerchantPayment } from '../src/use-cases/record-merchant-payment.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { validateTicket } from '../src/use-cases/validate-ticket.js';
import { verifyLedger } from '../src/use-cases/verify-ledger.js';
import { openPayments, tenderOf, type Payments } from './payments-fixture.js';

let on: Payments;
let superuser: Database;
beforeAll(async () => {
  on = await openPayments();
  superuser = new Database({ url: on.test.adminUrl, max: 1, applicationName: 'test audit' });
  await liveThrough(await on.openLocation());
});
afterAll(async () => {
  await superuser.close();
  await on.close();
});

async function pay(ticketId: string, method: 'CASH' | 'CARD') {
  const paid = await payTicket(on.as(), { ticketId, method, tender: tenderOf(method) });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  return paid.payment.id;
}

/**
 * A morning with all that a ledger knows: cash, a card, a refund, a validation that its merchant pays in part, a shift that
 * is short of a euro, exits, and the next shift.
 */
async function liveThrough(locationId: string) {
  const merchant = await addMerchant(on.as(), { locationId, name: 'Cine', borneBy: 'MERCHANT' });
  const shift = await openCashShift(on.as(), { locationId, float: '50.00' });
  if (merchant.__typename !== 'MerchantAdded' || shift.__typename !== 'CashShiftOpened') throw new Error();
  const [one, two, three] = [
    await on.enter(locationId, 4.5),
    await on.enter(locationId),
    await on.enter(locationId),
  ];
  await validateTicket(on.as(), {
    ticketId: one,
    merchantId: merchant.merchant.id,
    discount: { amount: '3.00' },
  });
  await pay(one, 'CASH');
  const card = await pay(two, 'CARD');
  await refundPayment(on.as(), { paymentId: card, amount: '0.50', reason: 'Broken barrier' });
  await pay(three, 'CASH');
  await recordExit(on.as(), { ticketId: one });
  await recordExit(on.as(), { ticketId: two });
  const merchantId = merchant.merchant.id;
  for (const method of ['CASH', 'BANK_TRANSFER'] as const) {
    await recordMerchantPayment(on.as(), { merchantId, amount: '1.00', method });
  }
  await closeCashShift(on.as(), { cashShiftId: shift.cashShift.id, counted: '59.00' });
  await openCashShift(on.as(), { locationId, float: '20.00' });
}

class Undone extends Error {}

/** What is found after a superuser, whom no trigger stops, has corrupted the books; they are as before afterwards. */
async function findingsAfter(...corruptions: string[]): Promise<string[]> {
  const found: string[] = [];
  const corrupted = superuser.write({ tenantId: null }, async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    for (const corruption of corruptions) {
      const touched = await tx.run(sql.raw(corruption));
      expect([corruption, touched > 0 || corruption.startsWith('drop')]).toEqual([corruption, true]);
    }
    for await (const { findings } of verifyLedger(tx)) found.push(...findings);
    throw new Undone();
  });
  await expect(corrupted).rejects.toBeInstanceOf(Undone);
  return found;
}

const OF_CARD = `(select id from payments.payment where method = 'CARD')`;
const CARD_BOOKING = `(select id from payments.ledger_transaction where payment_id = ${OF_CARD} and refund_id is null)`;

const IN_DRAWER = `join payments.account a on a.id = e.account_id and a.kind = 'CASH_DRAWER'`;

test('books that were kept by the product have no finding, and every rule had something to look at', async () => {
  const found = await superuser.read({ tenantId: null }, async (tx) => {
    const rules = [];
    for await (const rule of verifyLedger(tx)) rules.push(rule);
    return rules;
  });
  expect(found.flatMap(({ findings }) => findings)).toEqual([]);
  expect(found.filter(({ looked }) => looked === 0)).toEqual([]);
  expect(found.length).toBeGreaterThanOrEqual(17);
});

test.each([
  [
    'an entry is changed',
    'update payments.entry set amount = amount + 1 where id = (select min(id) from payments.entry)',
    /is off by EUR 0.01$/,
  ],
  [
    'the entries of a transaction are gone',
    `delete from payments.entry where transaction_id = ${CARD_BOOKING}`,
    /has no entries/,
  ],
  [
    'an entry stands on an account of nowhere',
    'update payments.entry set account_id = uuidv7() where id = (select min(id) from payments.entry)',
    /has no account/,
  ],
  [
    'the accounts of a location are off',
    `update payments.entry set amount = amount + 5 where id = (select max(id) from payments.entry)`,
    /^location .* is off by EUR 0.05$/,
  ],
  [
    'a booking is gone',
    `delete from payments.ledger_transaction where id = ${CARD_BOOKING}`,
    /^payment .* is not booked/,
  ],
  [
    'a payment is larger than its booking',
    `update payments.payment set amount = amount + 100 where method = 'CARD'`,
    /of EUR 3.00 is booked as EUR 2.00$/,
  ],
  [
    'a payment has another tax',
    `update payments.payment set tax = tax + 1 where method = 'CARD'`,
    /^payment .* is booked as/,
  ],
  [
    'a payment was in truth cash',
    `update payments.payment set method = 'CASH', provider = 'cash' where method = 'CARD'`,
    /^payment .* is booked as/,
  ],
  [
    'a payment was declined after all',
    `update payments.payment set status = 'DECLINED', decline_reason = 'REFUSED' where method = 'CARD'`,
    /has nothing that it books/,
  ],
  ['a payment is gone', `delete from payments.payment where method = 'CARD'`, /has nothing that it books/],
  [
    'a refund is larger than its booking',
    'update payments.refund set amount = amount + 1',
    /of EUR 0.51 is booked as EUR 0.50$/,
  ],
  [
    'the booking of a refund is gone',
    'delete from payments.ledger_transaction where refund_id is not null',
    /^refund .* is not booked/,
  ],
  ['a refund failed after all', `update payments.refund set status = 'FAILED'`, /has nothing that it books/],
  [
    'a payment forgets its refund',
    `update payments.payment set refunded = 0 where method = 'CARD'`,
    /its refunds say EUR 0.50$/,
  ],
  ['a receipt is gone', 'delete from payments.receipt where number = 2', /has no receipt/],
  [
    'a receipt is of nothing',
    'update payments.receipt set payment_id = uuidv7() where number = 2',
    /was not taken and has a receipt/,
  ],
  [
    'a number is left out',
    'update payments.receipt set number = 9 where number = 2',
    /counted to 3, issued 3, the last one 9/,
  ],
  [
    'a counter counts too far',
    'update payments.receipt_counter set last_number = 4',
    /counted to 4, issued 3/,
  ],
  [
    'a validation took off more',
    'update payments.validation set amount = amount + 1',
    /of EUR 3.01 is booked as EUR 3.00$/,
  ],
  [
    'what a merchant owes is not booked',
    'delete from payments.ledger_transaction where validation_id is not null',
    /^validation .* of EUR 3.00 is not booked$/,
  ],
  [
    'a shift was counted otherwise',
    'update payments.cash_shift set counted = counted + 1 where closed_at is not null',
    /counted EUR 59.01; booked: EUR [.0-9]+, difference EUR -1.00$/,
  ],
  [
    'a shift expected otherwise',
    'update payments.cash_shift set expected = expected + 1 where closed_at is not null',
    /^cash shift .* expected/,
  ],
  [
    'cash is taken out of a shift',
    `update payments.ledger_transaction set cash_shift_id = null where payment_id is not null`,
    /^cash shift .* expected/,
  ],
  [
    'a shift began with another float',
    'update payments.cash_shift set opening_float = opening_float + 1 where closed_at is null',
    /^cash shift .* began with EUR 20.00 in the drawer, not with EUR 20.01$/,
  ],
  [
    'not all that was counted left the drawer',
    `update payments.entry set amount = amount + 5 where id = (select max(e.id) from payments.entry e
       join payments.ledger_transaction t on t.id = e.transaction_id and t.closing_of is not null ${IN_DRAWER})`,
    /^cash shift .* left EUR 0.05 in the drawer$/,
  ],
  [
    'a drawer gave more than it held',
    `update payments.entry set amount = amount - 2001 where id = (select max(e.id) from payments.entry e ${IN_DRAWER})`,
    /^the drawer of location .* holds EUR -0.01$/,
  ],
  [
    'a merchant paid more than is booked',
    'update payments.merchant_payment set amount = amount + 1',
    /^merchant payment .* of EUR 1.01 is booked as EUR 1.00$/,
  ],
  [
    'what a merchant paid in cash came to the bank',
    `update payments.merchant_payment set method = 'BANK_TRANSFER' where method = 'CASH'`,
    /^merchant payment .* is booked as/,
  ],
  [
    'what a merchant paid is gone',
    'delete from payments.merchant_payment',
    /^transaction .* has nothing that it books/,
  ],
  [
    'a merchant paid more than it owed',
    `update payments.entry set amount = amount - 101 where transaction_id in (
       select id from payments.ledger_transaction where merchant_payment_id is not null)`,
    /^merchant .* owes EUR -1.02$/,
  ],
  [
    'a success is not told',
    `delete from events.event where type = 'payment.succeeded' and subject_id = ${OF_CARD}`,
    /^payment .* is booked 1 times and given back 1; told: 0, 1/,
  ],
  [
    'a refund is told twice',
    `insert into events.event (tenant_id, type, subject_type, subject_id, occurred_at)
     select tenant_id, type, subject_type, subject_id, occurred_at from events.event where type = 'payment.refunded'`,
    /^payment .* told: 1, 2/,
  ],
  [
    'a success is told of a payment that was never taken',
    `update events.event set subject_id = uuidv7() where type = 'payment.succeeded'`,
    /^payment .* is booked 0 times and given back 0; told: 1, 0/,
  ],
  [
    'a ticket is gone',
    `delete from tickets.ticket where id = (select ticket_id from payments.payment where method = 'CARD')`,
    /has no ticket/,
  ],
  [
    'a ticket was in truth inside for longer',
    `update tickets.ticket set entered_at = entered_at - interval '5 hours' where status = 'CLOSED'`,
    /^ticket .* owes EUR/,
  ],
  [
    'a ticket is settled by nobody',
    `update payments.payment set ticket_id = uuidv7() where ticket_id in (select id from tickets.ticket where status = 'SETTLED')`,
    /is settled without a payment/,
  ],
])('%s: that is found', async (_, corruption, finding) => {
  const found = await findingsAfter(corruption);
  expect(found).toContainEqual(expect.stringMatching(finding));
});

test('a float that was never put into the drawer is found while its shift is open', async () => {
  const opening = `(select t.id from payments.ledger_transaction t
    join payments.cash_shift s on s.id = t.opening_of and s.closed_at is null)`;
  const found = await findingsAfter(
    `delete from payments.entry where transaction_id = ${opening}`,
    `delete from payments.ledger_transaction where id = ${opening}`,
  );
  expect(found).toContainEqual(
    expect.stringMatching(/^cash shift .* has EUR 0.00 in the drawer, not EUR 20.00$/),
  );
});

test('events whose months were removed are not missed', async () => {
  const found = await findingsAfter(
    `update payments.ledger_transaction set recorded_at = '2001-01-01'`,
    `delete from events.event where type in ('payment.succeeded', 'payment.refunded')`,
  );
  expect(found).toEqual([]);
});

test('a payment that is booked twice is found', async () => {
  const found = await findingsAfter(
    'drop index payments.ledger_payment_once',
    `insert into payments.ledger_transaction (tenant_id, location_id, payment_id, occurred_at)
     select tenant_id, location_id, payment_id, occurred_at from payments.ledger_transaction where id = ${CARD_BOOKING}`,
  );
  expect(found).toContainEqual(expect.stringMatching(/is booked 2 times/));
});

const run = promisify(execFile);
const ROOT = new URL('../../..', import.meta.url);

/** npm run ledger:verify as a person runs it: what it prints and how it ends. */
async function command(environment: Record<string, string>, ...args: string[]) {
  const node = ['--import', '@swc-node/register/esm-register', 'scripts/ledger-verify.ts', ...args];
  try {
    const { stdout } = await run(process.execPath, node, {
      cwd: ROOT,
      env: environment,
    });
    return { code: 0, text: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

test('the command prints what it looked at, ends with 1 when something is found, and writes nothing', async () => {
  const sound = await command({ DATABASE_URL: on.test.adminUrl });
  expect(sound.text).toContain('ok    Every ticket that is settled or closed owes nothing. (3 tickets)');
  expect(sound).toMatchObject({ code: 0, text: expect.stringMatching(/Nothing was found\.\n$/) });
  await superuser.write({ tenantId: null }, async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    await tx.run(sql`update payments.receipt_counter set last_number = last_number + 1`);
  });
  const broken = await command({ DATABASE_URL: on.test.adminUrl });
  expect(broken.code).toBe(1);
  expect(broken.text).toMatch(/FOUND Receipts are numbered[^\n]*\n {6}location [^\n]* counted to 4/);
  expect(broken.text).toMatch(/1 found\.\n$/);
});

test('the command explains itself, and refuses a role from which rows are hidden', async () => {
  expect((await command({}, '--help')).text).toContain('npm run ledger:verify');
  const hidden = await command({ DATABASE_URL: on.test.url('payments') });
  expect(hidden).toMatchObject({ code: 1, text: expect.stringContaining('row-level security hides') });
});
