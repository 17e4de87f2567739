import type { PaymentMethod } from './payment.js';

export type AccountKind = 'CASH_DRAWER' | 'CARD_CLEARING' | 'DIGITAL_CLEARING' | 'REVENUE' | 'TAX';

/** One side of a ledger transaction, in minor units: debits positive, credits negative. */
export interface LedgerLine {
  account: AccountKind;
  amount: number;
}

const MONEY_ACCOUNT: Record<PaymentMethod, AccountKind> = {
  CASH: 'CASH_DRAWER',
  CARD: 'CARD_CLEARING',
  DIGITAL: 'DIGITAL_CLEARING',
};

/** Money in: the drawer or the provider owes us, earned and taxed. `tax` is contained in `amount`. */
export const linesOfPayment = (method: PaymentMethod, amount: number, tax: number): LedgerLine[] =>
  [
    { account: MONEY_ACCOUNT[method], amount },
    { account: 'REVENUE' as const, amount: tax - amount },
    { account: 'TAX' as const, amount: -tax },
  ].filter((line) => line.amount !== 0);

/** Money back: the payment's lines with their signs turned. */
export const linesOfRefund = (method: PaymentMethod, amount: number, tax: number): LedgerLine[] =>
  linesOfPayment(method, amount, tax).map((line) => ({ ...line, amount: -line.amount }));
