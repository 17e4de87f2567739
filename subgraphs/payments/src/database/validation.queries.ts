import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Tax } from '../domain/tariff/tariff-rules.js';
import { readStaysIn } from '../contract/tickets.js';
import { Validation, type ValidationRow } from './validation.entity.js';

// numeric arrives as text unless it is told
const COLUMNS = sql`${sql.columns(Validation)}, value::float8 as value`;

/** What a merchant has given in the month of an instant on the location's clock, in minor units. */
export interface MonthUsed {
  /** The first day of the month, as "2026-05-01". */
  month: string;
  /** What was settled, and what is set aside for stays that are not; nothing for a ticket that was voided. */
  used: number;
}

export const readMonthUsed = (
  tx: Transaction,
  merchantId: string,
  { at, timeZone }: { at: Date; timeZone: string },
): Promise<MonthUsed> =>
  tx.one<MonthUsed>(sql`
    with this as (select date_trunc('month', ${at}::timestamptz at time zone ${timeZone})::date as month),
      given as materialized (
        select v.* from payments.validation v join this on v.month = this.month where v.merchant_id = ${merchantId}),
      stay as materialized (
        select * from ${readStaysIn(sql`array(select ticket_id from given where settled_at is null)`)})
    select this.month::text as month, coalesce(sum(coalesce(given.amount, given.most, 0))
      filter (where stay.status is distinct from 'VOID'), 0)::bigint as used
    from this left join given on true left join stay on stay.ticket_id = given.ticket_id
    group by this.month`);

export const insertValidation = (
  tx: Transaction,
  { month, ...validation }: Omit<ValidationRow, 'amount' | 'settledAt'> & { month: string },
): Promise<ValidationRow> =>
  tx.one<ValidationRow>(sql`
    insert into payments.validation (id, location_id, ticket_id, merchant_id, name, kind, value, currency_code, most, month,
      validated_at)
    values (${validation.id}, ${validation.locationId}, ${validation.ticketId}, ${validation.merchantId},
      ${validation.name}, ${validation.kind}, ${validation.value}, ${validation.currencyCode}, ${validation.most}, ${month},
      ${validation.validatedAt})
    returning ${COLUMNS}`);

/** The validations of tickets, oldest first. */
export const readValidationsOf = (tx: Transaction, ticketIds: readonly string[]): Promise<ValidationRow[]> =>
  tx.rows<ValidationRow>(sql`
    select ${COLUMNS} from payments.validation where ticket_id = any (${ticketIds}::uuid[]) order by id`);

/** A validation whose cost is not known yet, and who will bear it. */
export interface UnsettledValidation {
  id: string;
  name: string;
  owed: boolean;
  tax: Tax | null;
}

export const readUnsettled = (
  tx: Transaction,
  ticketId: string,
  tariffVersionId: string | null,
): Promise<UnsettledValidation[]> =>
  tx.rows<UnsettledValidation>(sql`
    select v.id, v.name, m.borne_by = 'MERCHANT' as owed,
      (select nullif(t.rules -> 'tax', 'null') from payments.tariff_version t where t.id = ${tariffVersionId}) as tax
    from payments.validation v join payments.merchant m on m.id = v.merchant_id
    where v.ticket_id = ${ticketId} and v.settled_at is null`);

/** What became known of a validation when its stay was first paid or had ended. */
export interface Settlement {
  /** What it took off, minor units. */
  amount: number;
  /** Whether its merchant owes that. */
  owed: boolean;
  /** The version that priced the stay. */
  tariffVersionId: string | null;
  settledAt: Date;
}

export const markSettled = (
  tx: Transaction,
  id: string,
  { amount, owed, tariffVersionId, settledAt }: Settlement,
): Promise<number> =>
  tx.run(sql`
    update payments.validation
    set amount = ${amount}, owed = ${owed}, tariff_version_id = ${tariffVersionId}, settled_at = ${settledAt}
    where id = ${id}`);

/** The validations of a stay as the discounts of its charge: once settled, one takes off no more than it did. */
export const discountsOfStay: Statement = sql.raw(`
  select coalesce(jsonb_agg(jsonb_build_object('name', v.name, 'most', coalesce(v.amount, v.most), 'effect',
    case v.kind when 'PERCENT' then jsonb_build_object('kind', v.kind, 'percent', v.value)
      when 'AMOUNT' then jsonb_build_object('kind', v.kind, 'amount', v.value)
      else jsonb_build_object('kind', v.kind, 'minutes', v.value) end) order by v.id), '[]') as discounts
  from payments.validation v where v.ticket_id = stay.ticket_id`);
