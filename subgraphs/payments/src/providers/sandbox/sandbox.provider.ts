import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { DeclineReason, PaymentMethod } from '../../domain/payment.js';
import type { Charge, ChargeOrder, PaymentKey, PaymentProvider, RefundOrder } from '../provider.js';
import { SANDBOX_TOKENS } from './sandbox-tokens.js';

interface ChargeRow {
  status: Charge['status'];
  declineReason: DeclineReason | null;
}

/** A provider without a bank behind it. It remembers its charges in tables of its own, in transactions of its own. */
export class SandboxProvider implements PaymentProvider {
  readonly name = 'sandbox';

  constructor(
    private readonly database: Database,
    readonly methods: readonly PaymentMethod[] = ['CARD', 'DIGITAL'],
  ) {}

  async authorise({ paymentId, tenantId, amount, currencyCode, token }: ChargeOrder): Promise<Charge> {
    const answer = SANDBOX_TOKENS.get(token) ?? 'UNKNOWN_TOKEN';
    const declined = answer === 'APPROVE' || answer === 'TIME_OUT' ? null : answer;
    const status = declined ? 'DECLINED' : answer === 'TIME_OUT' ? 'CAPTURED' : 'AUTHORISED';
    const charge = await this.change({ paymentId, tenantId }, (tx) =>
      tx.run(sql`
        insert into payments.sandbox_charge (payment_id, status, decline_reason, amount, currency_code)
        values (${paymentId}, ${status}, ${declined}, ${amount}, ${currencyCode}) on conflict (payment_id) do nothing`),
    );
    if (answer === 'TIME_OUT') throw new Error('The sandbox did not answer in time.');
    return charge;
  }

  capture(key: PaymentKey): Promise<Charge> {
    return this.change(key, (tx) =>
      tx.run(sql`
        update payments.sandbox_charge set status = 'CAPTURED'
        where payment_id = ${key.paymentId} and status = 'AUTHORISED'`),
    );
  }

  // a payment it never heard of is remembered as cancelled: an authorisation that comes later is answered with that
  cancel(key: PaymentKey): Promise<Charge> {
    return this.change(key, (tx) =>
      tx.run(sql`
        insert into payments.sandbox_charge as known (payment_id, status, decline_reason, amount, currency_code)
        values (${key.paymentId}, 'CANCELLED', 'CANCELLED', 0, '')
        on conflict (payment_id) do update set status = 'CANCELLED', decline_reason = 'CANCELLED'
        where known.status = 'AUTHORISED'`),
    );
  }

  async lookUp(key: PaymentKey): Promise<Charge | null> {
    const row = await this.database.read({ tenantId: key.tenantId }, (tx) => tx.row<ChargeRow>(charge(key)));
    return row ? asCharge(row, key) : null;
  }

  refund({ paymentId, refundId, tenantId, amount }: RefundOrder): Promise<boolean> {
    return this.database.write({ tenantId }, async (tx) => {
      // refunds of one charge wait for each other, so that their sum is known
      const lock = tx.run(
        sql`select 1 from payments.sandbox_charge where payment_id = ${paymentId} for update`,
      );
      const insert = tx.run(sql`
        insert into payments.sandbox_refund (refund_id, payment_id, amount)
        select ${refundId}, c.payment_id, ${amount}::bigint from payments.sandbox_charge c
        where c.payment_id = ${paymentId} and c.status = 'CAPTURED' and c.amount >= ${amount}::bigint + (
          select coalesce(sum(r.amount), 0) from payments.sandbox_refund r where r.payment_id = c.payment_id)
        on conflict (refund_id) do nothing`);
      const known = tx.row(sql`select 1 from payments.sandbox_refund where refund_id = ${refundId}`);
      return (await Promise.all([known, insert, lock]))[0] !== undefined;
    });
  }

  private change(key: PaymentKey, command: (tx: Transaction) => Promise<number>): Promise<Charge> {
    return this.database.write({ tenantId: key.tenantId }, async (tx) => {
      const [, row] = await Promise.all([command(tx), tx.one<ChargeRow>(charge(key))]);
      return asCharge(row, key);
    });
  }
}

const charge = ({ paymentId }: PaymentKey) =>
  sql`select status, decline_reason as "declineReason" from payments.sandbox_charge where payment_id = ${paymentId}`;

const asCharge = ({ status, declineReason }: ChargeRow, { paymentId }: PaymentKey): Charge =>
  status === 'AUTHORISED' || status === 'CAPTURED'
    ? { status, reference: `sandbox_${paymentId}` }
    : { status, reason: declineReason ?? 'REFUSED' };
