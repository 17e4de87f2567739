import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { isId, newId } from '@plaza/platform/ids';
import { fromDecimal, toDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import { book } from '../database/ledger.queries.js';
import type { MerchantRow } from '../database/merchant.entity.js';
import { lockMerchant, readDebts } from '../database/merchant.queries.js';
import type { MerchantPaymentRow } from '../database/merchant-payment.entity.js';
import { insertMerchantPayment } from '../database/merchant-payment.queries.js';
import { linesOfMerchantPayment } from '../domain/ledger.js';
import type { MerchantPaymentMethod } from '../domain/merchant-payment.js';
import type { PaymentsContext } from './context.js';

export interface RecordMerchantPaymentInput {
  merchantId: string;
  /** A decimal in the currency of the merchant's location. */
  amount: string;
  method: MerchantPaymentMethod;
  reference?: string | null;
  idempotencyKey?: string | null;
}

export type RecordMerchantPaymentOutcome =
  | { __typename: 'MerchantPaymentRecorded'; merchantPayment: MerchantPaymentRow; merchant: MerchantRow }
  | { __typename: 'MerchantPaymentExceedsDebt'; message: string; merchant: MerchantRow };

/** Records what a merchant paid of what it owes: cash in the drawer of its location, or a transfer to the bank. */
export async function recordMerchantPayment(
  on: PaymentsContext,
  input: RecordMerchantPaymentInput,
): Promise<RecordMerchantPaymentOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  const { merchantId, method } = input;
  if (!isId(merchantId)) throw notFound('The merchant');
  const reference = input.reference?.trim() || null;
  if (reference && reference.length > 140) {
    throw badUserInput('reference', 'A reference has at most 140 characters.');
  }
  return on.database.write(viewer, (tx) =>
    once<RecordMerchantPaymentOutcome>(
      tx,
      keyedCommand('payments', viewer, 'recordMerchantPayment', input),
      async () => {
        // whoever pays at the same time waits here, and finds less owed
        const merchant = await lockMerchant(tx, merchantId);
        const location = merchant && (await findLocation(tx, merchant.locationId));
        if (!location) throw notFound('The merchant');
        const { locationId, currencyCode } = location;
        const amount = fromDecimal(input.amount, currencyCode);
        if (amount <= 0) throw badUserInput('amount', 'A payment is more than nothing.');
        const [debt] = await readDebts(tx, [merchantId]);
        if (amount > (debt?.amount ?? 0)) {
          const message = 'This is more than what the merchant owes. Nothing was recorded.';
          return { __typename: 'MerchantPaymentExceedsDebt', message, merchant };
        }
        const recordedAt = on.clock.now();
        const payment = {
          id: newId(),
          locationId,
          merchantId,
          method,
          currencyCode,
          amount,
          reference,
          recordedAt,
        };
        const merchantPayment = await record(tx, merchant, payment);
        return { __typename: 'MerchantPaymentRecorded', merchantPayment, merchant };
      },
    ),
  );
}

async function record(
  tx: Transaction,
  { name }: MerchantRow,
  payment: MerchantPaymentRow,
): Promise<MerchantPaymentRow> {
  const { id, locationId, merchantId, method, currencyCode, amount, recordedAt: occurredAt } = payment;
  const lines = linesOfMerchantPayment(method, amount);
  const [recorded] = await Promise.all([
    insertMerchantPayment(tx, payment),
    book(tx, { merchantPaymentId: id, locationId, occurredAt, currencyCode, lines }),
    appendEvent(tx, {
      type: 'merchant.paid',
      subject: { type: 'Merchant', id: merchantId },
      locationId,
      occurredAt,
      data: {
        merchantPaymentId: id,
        merchantId,
        merchantName: name,
        locationId,
        method,
        amount: toDecimal(amount, currencyCode),
        currencyCode,
        reference: payment.reference ?? null,
      },
    }),
  ]);
  return recorded;
}
