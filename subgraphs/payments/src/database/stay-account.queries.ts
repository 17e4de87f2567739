import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readLocations } from '../contract/spaces.js';
import { lockStay, readStays } from '../contract/tickets.js';
import type { StayStatus } from '../domain/stay.js';
import type { EarlierPart } from '../domain/tariff/continued.js';
import type { Discount } from '../domain/tariff/discount.js';
import type { TariffRules, Window } from '../domain/tariff/tariff-rules.js';
import { readEarlierParts } from './earlier-parts.queries.js';
import { permitsOfStay } from './permit.queries.js';
import { itemsOfStay } from './ticket-item.queries.js';
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
  /** Its ticket was lost, whatever became of it since. */
  lost: boolean;
  timeZone: string;
  currencyCode: string;
  tariffVersionId: string | null;
  rules: TariffRules | null;
  /** Versions that began after the entry; only where the tariff prices their time anew. `from` is ISO text. */
  laterVersions: { id: string; from: string; rules: TariffRules }[];
  /** The hours of the permits that were valid at the entry. */
  permitted: Window[];
  /** What was bought beside time. */
  items: { code: string; quantity: number }[];
  /** What merchants take off. */
  discounts: Discount[];
  /** The parts that the stay goes on from; version, occupancy and what else admits it are those of the first one. */
  earlier: EarlierPart[];
  /** Payments, less what was given back of them and is owed again. */
  received: number;
  /** What was given back of them and is not owed again. */
  refunded: number;
  /** When all that was due was last paid: a payment of part of it begins no grace. */
  lastPaidAt: Date | null;
  /** The payment that the provider has not decided. */
  pendingPaymentId: string | null;
}

type SeparateAccount = Omit<StayAccount, 'earlier'>;

/** The accounts of many stays in one statement. The tariff version in force at the entry is the one that binds. */
const readSeparateAccounts = (tx: Transaction, ticketIds: readonly string[]): Promise<SeparateAccount[]> =>
  tx.rows<SeparateAccount>(sql`
    with stay as materialized (select * from ${readStays(ticketIds)}),
      location as materialized (
        select * from ${readLocations(sql`array(select distinct stay.location_id from stay)`)})
    select stay.ticket_id as "ticketId", stay.location_id as "locationId", stay.status,
      stay.entered_at as "enteredAt", stay.exited_at as "exitedAt", stay.occupancy, stay.lost, location.time_zone as "timeZone",
      coalesce(version.rules ->> 'currencyCode', location.currency_code) as "currencyCode",
      version.id as "tariffVersionId", version.rules, later.*, covered.*, bought.*, validated.*, paid.*
    from stay
    join location on location.location_id = stay.location_id
    left join lateral (
      select v.id, v.rules, r.retired_from from payments.tariff_start s
      join payments.tariff_version v on v.id = s.version_id
      left join payments.tariff_retirement r on r.version_id = s.version_id
      where s.location_id = stay.location_id and s.starts_at <= stay.entered_at
      order by s.starts_at desc limit 1
    ) version on version.retired_from is null or version.retired_from > stay.entered_at
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'from', s.starts_at, 'rules', v.rules)
        order by s.starts_at), '[]') as "laterVersions"
      from payments.tariff_start s join payments.tariff_version v on v.id = s.version_id
      where version.rules ->> 'onNewVersion' = 'SPLIT' and s.location_id = stay.location_id
        and s.starts_at > stay.entered_at
    ) later
    cross join lateral (${permitsOfStay}) covered
    cross join lateral (${itemsOfStay}) bought
    cross join lateral (${discountsOfStay}) validated
    cross join lateral (
      select coalesce(sum(p.amount - owed_again) filter (where taken), 0)::bigint as received,
        coalesce(sum(p.refunded - owed_again) filter (where taken), 0)::bigint as refunded,
        max(p.paid_at) filter (where taken and p.settles and owed_again = 0) as "lastPaidAt",
        (array_agg(p.id) filter (where p.status in ('PENDING', 'AUTHORIZED')))[1] as "pendingPaymentId"
      from payments.payment p, lateral (
        select p.status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED'), case when p.refunded = 0 then 0
          else (select coalesce(sum(r.amount), 0) from payments.refund r
            where r.payment_id = p.id and r.owed_again and r.status <> 'FAILED') end) t(taken, owed_again)
      where p.ticket_id = stay.ticket_id
    ) paid`);

/** The accounts of many stays. Where a tariff lets a stay go on after an absence, with the parts that it goes on from. */
export async function readStayAccounts(
  tx: Transaction,
  ticketIds: readonly string[],
): Promise<StayAccount[]> {
  const accounts = await readSeparateAccounts(tx, ticketIds);
  const returned = accounts
    .map(({ ticketId, rules }) => ({ ticketId, minutes: rules?.graces.reentry ?? 0 }))
    .filter(({ minutes }) => minutes > 0);
  const chains = returned.length === 0 ? new Map<string, string[]>() : await readEarlierParts(tx, returned);
  const ids = [...new Set([...chains.values()].flat())];
  const parts = ids.length === 0 ? [] : await readSeparateAccounts(tx, ids);
  const byTicket = new Map(parts.map((part) => [part.ticketId, part]));
  return accounts.map((account) =>
    goingOn(
      account,
      (chains.get(account.ticketId) ?? []).flatMap((id) => byTicket.get(id) ?? []),
    ),
  );
}

function goingOn(account: SeparateAccount, parts: readonly SeparateAccount[]): StayAccount {
  // what was free for want of a tariff, or was charged in another currency, is a stay of its own
  const apart = parts.findLastIndex(
    ({ rules, currencyCode }) => rules === null || currencyCode !== account.currencyCode,
  );
  const earlier = parts.slice(apart + 1);
  const [first] = earlier;
  if (!first) return { ...account, earlier: [] };
  const { tariffVersionId, rules, laterVersions, occupancy, permitted } = first;
  return {
    ...account,
    ...{ tariffVersionId, rules, laterVersions, occupancy, permitted },
    earlier: earlier.map(({ enteredAt, exitedAt, lastPaidAt, items }) => ({
      enteredAt,
      exitedAt: exitedAt ?? enteredAt,
      lastPaidAt,
      items,
    })),
  };
}

/** Locks the stay, then reads its account: the second statement sees what whoever held the lock has committed. */
export async function lockStayAccount(tx: Transaction, ticketId: string): Promise<StayAccount | undefined> {
  const [, accounts] = await Promise.all([lockStay(tx, ticketId), readStayAccounts(tx, [ticketId])]);
  return accounts[0];
}
