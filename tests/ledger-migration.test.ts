import { randomBytes } from 'node:crypto';
import { COMPONENTS } from '@plaza/gateway/embedded/components';
import { Database } from '@plaza/platform/database/database';
import { migrate } from '@plaza/platform/database/migrate';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testClusterUrl } from '@plaza/platform/testing/config';
import { administer, databaseUrl, TEST_SECRETS } from '@plaza/platform/testing/test-cluster';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { readPayments } from '@plaza/payments/database/payment.queries';
import { bookRefund } from '@plaza/payments/use-cases/book-refund';
import { verifyLedger } from '@plaza/payments/use-cases/verify-ledger';

const name = `test_${randomBytes(6).toString('hex')}`;
const [url, viewer] = [databaseUrl(testClusterUrl(), name), testViewer()];
const [locationId, ticketId, paymentId] = [newId(), newId(), newId()];
let superuser: Database;

beforeAll(async () => {
  await administer(testClusterUrl(), `create database ${name}`);
  superuser = new Database({ url, max: 2, applicationName: 'test migration' });
});
afterAll(async () => {
  await superuser.close();
  await administer(testClusterUrl(), `drop database ${name} with (force)`);
});

/** The product as it was before accounts had rates. */
const former = COMPONENTS.map((component) =>
  component.name === 'payments' ? { ...component, migrations: component.migrations.slice(0, 3) } : component,
);

/** Two euros in cash, 35 cents of them tax, of which 50 cents were given back. */
const liveInThePast = () =>
  superuser.write(viewer, async (tx) => {
    await tx.run(sql`
      insert into spaces.location (id, name, time_zone, currency_code)
      values (${locationId}, 'Puerta', 'Europe/Madrid', 'EUR')`);
    // a ticket needs a vehicle, a space and a claim, none of which matters here
    await tx.run(sql`set local session_replication_role = replica`);
    await tx.run(sql`
      insert into tickets.ticket (id, tenant_id, code, location_id, space_id, vehicle_id, vehicle_kind, status, entered_at,
        exited_at, changed_at)
      values (${ticketId}, ${viewer.tenantId}, 'K7Q29-XWM4T', ${locationId}, ${newId()}, ${newId()}, 'CAR', 'CLOSED',
        '2026-05-04T07:00:00Z', '2026-05-04T08:00:00Z', '2026-05-04T08:00:00Z')`);
    await tx.run(sql`set local session_replication_role = origin`);
    await tx.run(sql`
      insert into payments.payment (id, ticket_id, location_id, method, status, currency_code, amount, tax, refunded, quote,
        paid_at)
      values (${paymentId}, ${ticketId}, ${locationId}, 'CASH', 'PARTIALLY_REFUNDED', 'EUR', 200, 35, 50,
        '{"lines": [{"rule": "INCREMENT", "amount": 200}], "currencyCode": "EUR"}', '2026-05-04T08:00:00Z')`);
    const refundId = newId();
    await tx.run(insertRefund(refundId, 50, 9, 'SUCCEEDED'));
    await tx.run(bookFormerly(null, { CASH_DRAWER: 200, REVENUE: -165, TAX: -35 }));
    await tx.run(bookFormerly(refundId, { CASH_DRAWER: -50, REVENUE: 41, TAX: 9 }));
    for (const type of ['payment.succeeded', 'payment.refunded']) {
      await tx.run(sql`select events.append(${type}, 'Payment', ${paymentId}, ${locationId}, now(), '{}')`);
    }
  });

const insertRefund = (id: string, amount: number, tax: number, status: string) => sql`
  insert into payments.refund (id, location_id, payment_id, status, currency_code, amount, tax, reason, refunded_at)
  values (${id}, ${locationId}, ${paymentId}, ${status}, 'EUR', ${amount}, ${tax}, 'Broken barrier', '2026-05-04T08:30:00Z')`;

const bookFormerly = (refundId: string | null, amounts: Record<string, number>) => sql`
  with booked as (
    insert into payments.ledger_transaction (location_id, payment_id, refund_id, occurred_at)
    values (${locationId}, ${paymentId}, ${refundId}, '2026-05-04T08:00:00Z') returning id
  )
  insert into payments.entry (transaction_id, location_id, account_id, amount, currency_code)
  select booked.id, ${locationId}, payments.account_id(${locationId}, line.key, 'EUR'), line.value::bigint, 'EUR'
  from booked, jsonb_each_text(${JSON.stringify(amounts)}::jsonb) line`;

const ENTRIES = sql`
  select e.id, a.kind, e.amount from payments.entry e join payments.account a on a.id = e.account_id order by e.id`;

async function findings(): Promise<string[]> {
  return superuser.read({ tenantId: null }, async (tx) => {
    const found: string[] = [];
    for await (const rule of verifyLedger(tx)) found.push(...rule.findings);
    return found;
  });
}

test('what was booked before accounts had rates stays as it was, and the rest of it can be given back', async () => {
  await migrate(url, TEST_SECRETS, former);
  await liveInThePast();
  const before = await superuser.read(viewer, (tx) => tx.rows(ENTRIES));
  expect(before).toHaveLength(6);

  await migrate(url, TEST_SECRETS, COMPONENTS);
  expect(await superuser.read(viewer, (tx) => tx.rows(ENTRIES))).toEqual(before);
  expect(await findings()).toEqual([]);

  const payments = new Database({
    url: databaseUrl(testClusterUrl(), name, 'payments'),
    applicationName: 'test',
  });
  const refund = {
    id: newId(),
    amount: 150,
    tax: 26,
    rounding: 0,
    refundedAt: new Date('2026-05-05T08:00:00Z'),
  };
  await payments.write(viewer, async (tx) => {
    const [payment] = await readPayments(tx, [paymentId]);
    await tx.run(insertRefund(refund.id, 150, 26, 'SUCCEEDED'));
    await tx.run(
      sql`update payments.payment set refunded = 200, status = 'REFUNDED' where id = ${paymentId}`,
    );
    await bookRefund(tx, payment!, refund);
  });
  await payments.close();
  const balances = await superuser.read(viewer, (tx) =>
    tx.rows(sql`
      select a.kind, sum(e.amount)::bigint as balance from payments.entry e join payments.account a on a.id = e.account_id
      where a.tax_percent is null group by 1 order by 1`),
  );
  expect(balances).toEqual([
    { kind: 'CASH_DRAWER', balance: 0 },
    { kind: 'REFUNDS', balance: 124 },
    { kind: 'REVENUE', balance: -124 },
    { kind: 'TAX', balance: 0 },
  ]);
  expect(await findings()).toEqual([]);
});
