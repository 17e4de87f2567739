import type { MerchantPaymentMethod } from './merchant-payment.js';
import type { PaymentMethod } from './payment.js';
import type { TaxShare } from './tax-shares.js';

export const ACCOUNT_KINDS = [
  'CASH_DRAWER',
  'SAFE',
  'BANK',
  'CARD_CLEARING',
  'DIGITAL_CLEARING',
  'RECEIVABLE',
  'REVENUE',
  'TAX',
  'REFUNDS',
  'VALIDATIONS',
  'CASH_DIFFERENCE',
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** One side of a ledger transaction, in minor units: debits positive, credits negative. */
export interface LedgerLine {
  account: AccountKind;
  /** Revenue, tax, refunds and validations have an account for each rate; left out: the one without a rate. */
  taxPercent?: number | null;
  amount: number;
}

const MONEY_ACCOUNT: Record<PaymentMethod, AccountKind> = {
  CASH: 'CASH_DRAWER',
  CARD: 'CARD_CLEARING',
  DIGITAL: 'DIGITAL_CLEARING',
};

/** Money in: the drawer or the provider owes us; earned, and taxed at each rate. */
export const linesOfPayment = (method: PaymentMethod, shares: readonly TaxShare[]): LedgerLine[] =>
  earned(MONEY_ACCOUNT[method], 'REVENUE', shares);

/** Money back: what was earned stays in its account, what was given back of it stands beside it. */
export const linesOfRefund = (method: PaymentMethod, shares: readonly TaxShare[]): LedgerLine[] =>
  earned(MONEY_ACCOUNT[method], 'REFUNDS', shares).map((line) => ({ ...line, amount: 0 - line.amount }));

/** A merchant owes what its validation took off the price of a stay. */
export const linesOfValidation = (shares: readonly TaxShare[]): LedgerLine[] =>
  earned('RECEIVABLE', 'VALIDATIONS', shares);

const PAID_INTO: Record<MerchantPaymentMethod, AccountKind> = { CASH: 'CASH_DRAWER', BANK_TRANSFER: 'BANK' };

/** A merchant paid some of what it owed. */
export const linesOfMerchantPayment = (method: MerchantPaymentMethod, amount: number): LedgerLine[] => [
  { account: PAID_INTO[method], amount },
  { account: 'RECEIVABLE', amount: 0 - amount },
];

/** Money is put into the drawer from the safe (positive), or goes back there (negative). */
export const linesOfTransfer = (amount: number): LedgerLine[] =>
  [
    { account: 'CASH_DRAWER' as const, amount },
    { account: 'SAFE' as const, amount: 0 - amount },
  ].filter(isSomething);

/** A drawer held more (positive) or less (negative) than was booked. */
export const linesOfDifference = (difference: number): LedgerLine[] =>
  [
    { account: 'CASH_DRAWER' as const, amount: difference },
    { account: 'CASH_DIFFERENCE' as const, amount: 0 - difference },
  ].filter(isSomething);

function earned(debit: AccountKind, credit: AccountKind, shares: readonly TaxShare[]): LedgerLine[] {
  const amount = shares.reduce((sum, share) => sum + share.amount, 0);
  return [
    { account: debit, amount },
    ...shares.flatMap(({ percent: taxPercent, amount: gross, tax }) => [
      { account: credit, taxPercent, amount: tax - gross },
      { account: 'TAX' as const, taxPercent, amount: 0 - tax },
    ]),
  ].filter(isSomething);
}

const isSomething = ({ amount }: LedgerLine): boolean => amount !== 0;
