import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readLocations } from '../contract/spaces.js';
import { lockStay, readStays } from '../contract/tickets.js';
import type { StayStatus } from '../domain/stay.js';
import type { Discount } from '../domain/tariff/discount.js';
import type { TariffRules } from '../domain/tariff/tariff-rules.js';
import { discountsOfStay } from './validation.queries.js';

/** A stay with all that its quote is made of. Amounts are minor units of `currencyCode`. */
export interface StayAccount {
  ticketId: string;
  locationId: string;
  status: StayStatus;
  enteredAt: Date;
  exitedAt: Date | null;
  /** The share of places taken at the entry, 0 to 1; null: not known. */
  occupancy: number | null;
  timeZone: string;
  currencyCode: string;
  tariffVersionId: string | null;
  rules: TariffRules | null;
  /** Versions that began after the entry; only where the tariff prices their time anew. `from` is ISO text. */
  laterVersions: { id: string; from: string; rules: TariffRules }[];
  /** What merchants take off. */
  discounts: Discount[];
  received: number;
  refunded: number;
  /** When all that was due was last paid: a payment of part of it begins no grace. */
  lastPaidAt: Date | null;
  /** The payment that the provider has not decided. */
  pendingPaymentId: string | null;
}

/** The accounts of many stays in one statement. The tariff version in force at the entry is the one that binds. */
export const readStayAccounts = (tx: Transaction, ticketIds: readonly string[]): Promise<StayAccount[]> =>
  tx.rows<StayAccount>(sql`
    with stay as materialized (select * from ${readStays(ticketIds)}),
      location as materialized (
        select * from ${readLocations(sql`array(select distinct stay.location_id from stay)`)})
    select stay.ticket_id as "ticketId", stay.location_id as "locationId", stay.status,
      stay.entered_at as "enteredAt", stay.exited_at as "exitedAt", stay.occupancy, location.time_zone as "timeZone",
      coalesce(version.rules ->> 'currencyCode', location.currency_code) as "currencyCode",
      version.id as "tariffVersionId", version.rules, later.*, validated.*, paid.*
    from stay
    join location on location.location_id = stay.location_id
    left join lateral (
      select v.id, v.rules from payments.tariff_validity v
      where v.location_id = stay.location_id and v.effective_from <= stay.entered_at
        and (v.effective_until is null or v.effective_until > stay.entered_at)
      order by v.effective_from desc limit 1
    ) version on true
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'from', v.effective_from, 'rules', v.rules)
        order by v.effective_from), '[]') as "laterVersions"
      from payments.tariff_validity v
      where version.rules ->> 'onNewVersion' = 'SPLIT' and v.location_id = stay.location_id
        and v.effective_from > stay.entered_at and v.effective_until is distinct from v.effective_from
    ) later
    cross join lateral (${discountsOfStay}) validated
    cross join lateral (
      select coalesce(sum(p.amount) filter (where taken), 0)::bigint as received,
        coalesce(sum(p.refunded) filter (where taken), 0)::bigint as refunded,
        max(p.paid_at) filter (where taken and p.settles) as "lastPaidAt",
        (array_agg(p.id) filter (where p.status in ('PENDING', 'AUTHORIZED')))[1] as "pendingPaymentId"
      from payments.payment p, lateral (
        select p.status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED')) t(taken)
      where p.ticket_id = stay.ticket_id
    ) paid`);

/** Locks the stay, then reads its account: the second statement sees what whoever held the lock has committed. */
export async function lockStayAccount(tx: Transaction, ticketId: string): Promise<StayAccount | undefined> {
  const [, accounts] = await Promise.all([lockStay(tx, ticketId), readStayAccounts(tx, [ticketId])]);
  return accounts[0];
}
