import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readLocations } from '../contract/spaces.js';
import type { PaymentMethod } from '../domain/payment.js';

export const REVENUE_GROUPINGS = ['HOUR', 'DAY', 'METHOD'] as const;
export type RevenueGrouping = (typeof REVENUE_GROUPINGS)[number];

/** A location, a period (`to` excluded), and how it is cut. Instants may be ISO text. */
export interface RevenueOf {
  locationId: string;
  from: Date | string;
  to: Date | string;
  by: RevenueGrouping;
}

/** One piece of a location's revenue, in minor units; `amount` contains `tax`, refunds are taken off both. */
export interface RevenueRow {
  locationId: string;
  currencyCode: string;
  from: Date | null;
  to: Date | null;
  method: PaymentMethod | null;
  amount: number;
  tax: number;
  payments: number;
  refunds: number;
}

const nothing = sql.raw('null');

const BY: Record<RevenueGrouping, { from: Statement; to: Statement; method: Statement }> = {
  HOUR: {
    from: sql.raw(`date_trunc('hour', t.occurred_at, place.time_zone)`),
    to: sql.raw(`date_trunc('hour', t.occurred_at, place.time_zone) + interval '1 hour'`),
    method: nothing,
  },
  DAY: {
    from: sql.raw(`date_trunc('day', t.occurred_at, place.time_zone)`),
    to: sql.raw(
      `date_add(date_trunc('day', t.occurred_at, place.time_zone), interval '1 day', place.time_zone)`,
    ),
    method: nothing,
  },
  METHOD: { from: nothing, to: nothing, method: sql.raw('p.method') },
};

/**
 * Revenue from the ledger, cut on each location's own clock, in the order of the questions: one statement for all that
 * ask for the same period. Null where the viewer sees no such location.
 */
export async function readRevenues(
  tx: Transaction,
  asked: readonly RevenueOf[],
): Promise<(RevenueRow[] | null)[]> {
  const periodOf = ({ from, to, by }: RevenueOf) => JSON.stringify([from, to, by]);
  const periods = [...Map.groupBy(asked, periodOf)];
  const found = await Promise.all(periods.map(([, questions]) => readPeriod(tx, questions)));
  const rowsOf = new Map(periods.map(([period], index) => [period, found[index]]));
  return asked.map((question) => rowsOf.get(periodOf(question))?.get(question.locationId) ?? null);
}

/** What a location earned on one day, refunds taken off; `amount` in minor units. */
export interface DayRevenue {
  locationId: string;
  currencyCode: string;
  amount: number;
}

/** What each location earned on the day that it is there at `at`; without those that the viewer does not see. */
export const readDayRevenues = (
  tx: Transaction,
  locationIds: readonly string[],
  at: Date,
): Promise<DayRevenue[]> =>
  tx.rows<DayRevenue>(sql`
    select place.location_id as "locationId", place.currency_code as "currencyCode",
      coalesce(-earned.amount, 0)::bigint as amount
    from ${readLocations(sql`${locationIds}::uuid[]`)} place
    cross join lateral (
      select date_trunc('day', ${at}::timestamptz, place.time_zone) as midnight
    ) today
    cross join lateral (
      select sum(e.amount) as amount
      from payments.ledger_transaction t
      join payments.entry e on e.transaction_id = t.id
      join payments.account a on a.id = e.account_id
      where t.location_id = place.location_id and a.kind in ('REVENUE', 'REFUNDS', 'TAX') and t.occurred_at >= today.midnight
        and t.occurred_at < date_add(today.midnight, interval '1 day', place.time_zone)
    ) earned`);

/** A location that took nothing has one row of nothing, with `amount` null. */
async function readPeriod(tx: Transaction, questions: RevenueOf[]): Promise<Map<string, RevenueRow[]>> {
  const { from, to, by } = questions[0]!;
  const locationIds = questions.map(({ locationId }) => locationId);
  const rows = await tx.rows<RevenueRow>(sql`
    select place.location_id as "locationId", place.currency_code as "currencyCode", part.*
    from ${readLocations(sql`${locationIds}::uuid[]`)} place
    left join lateral (
      select ${BY[by].from} as "from", ${BY[by].to} as "to", ${BY[by].method} as method,
        -sum(line.earned)::bigint as amount, -sum(line.tax)::bigint as tax,
        count(*) filter (where t.refund_id is null) as payments,
        count(*) filter (where t.refund_id is not null) as refunds
      from payments.ledger_transaction t
      join payments.payment p on p.id = t.payment_id
      cross join lateral (
        select sum(e.amount) as earned, coalesce(sum(e.amount) filter (where a.kind = 'TAX'), 0) as tax
        from payments.entry e join payments.account a on a.id = e.account_id
        where e.transaction_id = t.id and a.kind in ('REVENUE', 'REFUNDS', 'TAX')
      ) line
      where t.location_id = place.location_id and t.occurred_at >= ${from} and t.occurred_at < ${to}
      group by 1, 2, 3
    ) part on true
    order by place.location_id, part."from", part.method`);
  return Map.groupBy(rows, ({ locationId }) => locationId);
}
