import { sql, type Statement } from '@plaza/platform/database/sql';
import { toDecimal } from '@plaza/platform/money';

/** One thing that must hold in every tenant's books. */
export interface LedgerRule {
  /** The rule in a sentence. */
  says: string;
  /** What is counted by `counted`, in the plural. */
  of: string;
  /** How many there are to look at: one row, `count`. */
  counted: Statement;
  /** What breaks the rule: rows of `subject` and `finding`, in which amounts are `inCurrency`. */
  broken: Statement;
}

/** The states in which a payment's money was taken. */
export const TAKEN = sql.raw(`('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED')`);

/** What a ledger transaction booked, by what it means; minor units, debits positive. */
export const BOOKED = sql.raw(`
  lateral (
    select coalesce(sum(e.amount) filter (where a.kind in ('CASH_DRAWER', 'CARD_CLEARING', 'DIGITAL_CLEARING')), 0) as money,
      coalesce(sum(e.amount) filter (where a.kind in ('REVENUE', 'REFUNDS', 'TAX')), 0) as earned,
      coalesce(sum(e.amount) filter (where a.kind = 'TAX'), 0) as tax,
      coalesce(sum(e.amount) filter (where a.kind = 'RECEIVABLE'), 0) as owed,
      coalesce(sum(e.amount) filter (where a.kind = 'BANK'), 0) as banked,
      -coalesce(sum(e.amount) filter (where a.kind = 'CASH_DIFFERENCE'), 0) as difference,
      array_agg(distinct a.kind) filter (where a.kind in ('CASH_DRAWER', 'CARD_CLEARING', 'DIGITAL_CLEARING')) as drawers
    from payments.entry e join payments.account a on a.id = e.account_id where e.transaction_id = t.id
  ) booked`);

/** An amount in a finding, of SQL for its minor units and for its currency: `readable` makes it a decimal. */
export const inCurrency = (minor: string, currency: string): Statement =>
  sql.raw(`'{' || (${minor}) || ' ' || ${currency} || '}'`);

/** A finding with its amounts as people read them, "EUR -4.00". */
export const readable = (finding: string): string =>
  finding.replace(
    /\{(-?\d+) (\w+)\}/g,
    (_, minor: string, currency: string) => `${currency} ${toDecimal(Number(minor), currency)}`,
  );
