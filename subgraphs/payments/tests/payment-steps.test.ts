import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { PAYMENT_STATUSES, type PaymentStatus } from '../src/domain/payment.js';
import { PAYMENT_STEPS } from '../src/domain/payment-steps.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let locationId: string;
beforeAll(async () => {
  on = await openPayments();
  locationId = await on.openLocation();
});
afterAll(() => on.close());

const begin = async (status: PaymentStatus, method = 'CARD') =>
  (
    await on.see<{ id: string }>(
      `insert into payments.payment (tenant_id, ticket_id, location_id, method, provider, status, currency_code, amount,
         tax, quote, paid_at)
       values ($1, $2, $3, $4, case $4 when 'CASH' then 'cash' else 'sandbox' end, $5, 'EUR', 100, 0, '{}', now())
       returning id`,
      [on.viewer.tenantId, newId(), locationId, method, status],
    )
  )[0]!.id;

/** As the superuser, whom neither grants nor policies stop. */
const step = (id: string, to: PaymentStatus) =>
  on.see(
    `update payments.payment set status = $2,
       decline_reason = case when $2 in ('DECLINED', 'CANCELLED') then 'REFUSED' end where id = $1`,
    [id, to],
  );

const WAYS: Record<PaymentStatus, PaymentStatus[]> = {
  PENDING: [],
  AUTHORIZED: ['AUTHORIZED'],
  SUCCEEDED: ['AUTHORIZED', 'SUCCEEDED'],
  DECLINED: ['DECLINED'],
  CANCELLED: ['CANCELLED'],
  PARTIALLY_REFUNDED: ['SUCCEEDED', 'PARTIALLY_REFUNDED'],
  REFUNDED: ['SUCCEEDED', 'REFUNDED'],
  DISPUTED: ['SUCCEEDED', 'DISPUTED'],
};

async function paymentThatIs(status: PaymentStatus): Promise<string> {
  const id = await begin('PENDING');
  for (const next of WAYS[status]) await step(id, next);
  return id;
}

const PAIRS = PAYMENT_STATUSES.flatMap((from) =>
  PAYMENT_STATUSES.filter((to) => to !== from).map((to) => ({ from, to })),
);
const isAllowed = ({ from, to }: (typeof PAIRS)[number]) => PAYMENT_STEPS[from].includes(to);

test.each(PAIRS.filter(isAllowed))('a payment that is $from may become $to', async ({ from, to }) => {
  const id = await paymentThatIs(from);
  await step(id, to);
  expect(await on.see('select status from payments.payment where id = $1', [id])).toEqual([{ status: to }]);
});

test.each(PAIRS.filter((pair) => !isAllowed(pair)))(
  'a payment that is $from does not become $to, whoever writes it',
  async ({ from, to }) => {
    const id = await paymentThatIs(from);
    await expect(step(id, to)).rejects.toThrow(`A payment that is ${from} does not become ${to}.`);
  },
);

test.each(PAYMENT_STATUSES.filter((status) => status !== 'PENDING'))(
  'a card payment does not begin as %s, nor does cash unless it succeeds at once',
  async (status) => {
    await expect(begin(status)).rejects.toThrow(/does not begin as|violates check constraint/);
    if (status === 'SUCCEEDED') await begin(status, 'CASH');
    else await expect(begin(status, 'CASH')).rejects.toThrow(/does not begin as|violates check constraint/);
  },
);

test.each([
  'amount = amount + 1',
  'tax = 1',
  `ticket_id = gen_random_uuid()`,
  `location_id = gen_random_uuid()`,
  `provider = 'other'`,
  `quote = '{"due": 5}'`,
  `paid_at = now() - interval '1 day'`,
])('what a payment pays is never changed: %s', async (change) => {
  const id = await begin('PENDING');
  await expect(on.see(`update payments.payment set ${change} where id = $1`, [id])).rejects.toThrow(
    'What a payment pays is never changed.',
  );
});

test('a payment is never removed', async () => {
  const id = await begin('PENDING');
  await expect(on.see('delete from payments.payment where id = $1', [id])).rejects.toThrow(
    'is never changed',
  );
  await expect(on.see('truncate payments.payment cascade')).rejects.toThrow('is never changed');
});

test('without the trigger all of that goes through', async () => {
  const [declined, refunded] = [await paymentThatIs('DECLINED'), await paymentThatIs('REFUNDED')];
  await on.see('alter table payments.payment disable trigger step');
  try {
    await step(declined, 'SUCCEEDED');
    await step(refunded, 'SUCCEEDED');
    await on.see('update payments.payment set amount = 1 where id = $1', [declined]);
  } finally {
    await on.see('alter table payments.payment enable trigger step');
  }
  expect(
    await on.see('select 1 from payments.payment where id = any ($1) and status = $2', [
      [declined, refunded],
      'SUCCEEDED',
    ]),
  ).toHaveLength(2);
});

test('a payment that is authorised keeps its ticket to itself as one that is pending does', async () => {
  const ticketId = newId();
  const pay = (status: string) =>
    on.database.write(on.viewer, (tx) =>
      tx.one<{ id: string }>(sql`
        insert into payments.payment (ticket_id, location_id, method, provider, status, currency_code, amount, tax, quote,
          paid_at)
        values (${ticketId}, ${locationId}, 'CARD', 'sandbox', ${status}, 'EUR', 100, 0, '{}', now()) returning id`),
    );
  const { id } = await pay('PENDING');
  await step(id, 'AUTHORIZED');
  await expect(pay('PENDING')).rejects.toThrow('payment_one_pending');
  await step(id, 'SUCCEEDED');
  await pay('PENDING');
});
