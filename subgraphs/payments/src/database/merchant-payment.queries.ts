import { keyset, type Page } from '@plaza/platform/graphql/connection';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { MerchantPayment, type MerchantPaymentRow } from './merchant-payment.entity.js';

export const insertMerchantPayment = (
  tx: Transaction,
  payment: MerchantPaymentRow,
): Promise<MerchantPaymentRow> =>
  tx.one<MerchantPaymentRow>(sql`
    insert into payments.merchant_payment (id, location_id, merchant_id, method, currency_code, amount, reference,
      recorded_at)
    values (${payment.id}, ${payment.locationId}, ${payment.merchantId}, ${payment.method}, ${payment.currencyCode},
      ${payment.amount}, ${payment.reference}, ${payment.recordedAt})
    returning ${sql.columns(MerchantPayment)}`);

/** A page of what a merchant paid, newest first, and one more where another page follows. */
export const readMerchantPaymentPage = (
  tx: Transaction,
  merchantId: string,
  page: Page,
): Promise<MerchantPaymentRow[]> =>
  tx.rows<MerchantPaymentRow>(sql`
    select ${sql.columns(MerchantPayment)} from payments.merchant_payment where merchant_id = ${merchantId}
    ${keyset(page, 'id', 'desc')}`);

export const countMerchantPayments = async (tx: Transaction, merchantId: string): Promise<number> => {
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*) from payments.merchant_payment where merchant_id = ${merchantId}`,
  );
  return count;
};
