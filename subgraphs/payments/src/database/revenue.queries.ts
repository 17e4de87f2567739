import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readLocations } from '../contract/spaces.js';
import type { PaymentMethod } from '../domain/payment.js';

export const REVENUE_GROUPINGS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'METHOD', 'TARIFF', 'LOCATION'] as const;
export type RevenueGrouping = (typeof REVENUE_GROUPINGS)[number];

/** A period (`to` excluded), and how it is cut. Instants may be ISO text. */
export interface RevenuePeriod {
  from: Date | string;
  to: Date | string;
  by: RevenueGrouping;
}

/** What one location earned in a period. */
export interface RevenueOf extends RevenuePeriod {
  locationId: string;
}

/** A piece of revenue, in minor units; `amount` contains `tax`, refunds are taken off both. */
export interface RevenueRow {
  currencyCode: string;
  from: Date | null;
  to: Date | null;
  /** Null too for what merchants owe. */
  method: PaymentMethod | null;
  tariffVersionId: string | null;
  /** Null in a report of the whole organization that is not cut by location. */
  locationId: string | null;
  amount: number;
  tax: number;
  payments: number;
  refunds: number;
  /** What merchants owe for what they validated. */
  validated: number;
}

const nothing = sql.raw('null');

interface Cut {
  from?: Statement;
  to?: Statement;
  method?: Statement;
  tariff?: Statement;
}

// a day, week or month is as long as it is on the clock of its place; of an hour that the clock shows twice both count
const onTheClock = (unit: 'day' | 'week' | 'month'): Cut => ({
  from: sql.raw(`date_trunc('${unit}', t.occurred_at, place.time_zone)`),
  to: sql.raw(
    `date_add(date_trunc('${unit}', t.occurred_at, place.time_zone), interval '1 ${unit}', place.time_zone)`,
  ),
});

const BY: Record<RevenueGrouping, Cut> = {
  HOUR: {
    from: sql.raw(`date_trunc('hour', t.occurred_at, place.time_zone)`),
    to: sql.raw(`(date_trunc('hour', t.occurred_at, place.time_zone) + interval '1 hour')`),
  },
  DAY: onTheClock('day'),
  WEEK: onTheClock('week'),
  MONTH: onTheClock('month'),
  METHOD: { method: sql.raw('p.method') },
  TARIFF: { tariff: sql.raw(`coalesce((p.quote ->> 'tariffVersionId')::uuid, v.tariff_version_id)`) },
  LOCATION: {},
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

/** A location that took nothing has one row of nothing, with `amount` null. */
async function readPeriod(tx: Transaction, questions: RevenueOf[]): Promise<Map<string, RevenueRow[]>> {
  const ids = questions.map(({ locationId }) => locationId);
  const rows = await tx.rows<RevenueRow & { locationId: string }>(sql`
    select place.location_id as "locationId", place.currency_code as "currencyCode", part.*
    from ${readLocations(sql`${ids}::uuid[]`)} place
    left join lateral ${pieces(questions[0]!)} part on true
    order by place.location_id, ${ORDER}`);
  return Map.groupBy(rows, ({ locationId }) => locationId);
}

/**
 * What all locations that the viewer sees earned together, in each currency. Where their clocks differ, their days are
 * pieces of their own.
 */
export const readWholeRevenue = (tx: Transaction, period: RevenuePeriod): Promise<RevenueRow[]> =>
  tx.rows<RevenueRow>(sql`
    select place.currency_code as "currencyCode", part."from", part."to", part.method, part."tariffVersionId",
      ${period.by === 'LOCATION' ? sql.raw('place.location_id') : nothing} as "locationId",
      sum(part.amount)::bigint as amount, sum(part.tax)::bigint as tax, sum(part.payments)::bigint as payments,
      sum(part.refunds)::bigint as refunds, sum(part.validated)::bigint as validated
    from ${readLocations(sql`array(select distinct location_id from payments.account)`)} place
    cross join lateral ${pieces(period)} part
    group by 1, 2, 3, 4, 5, 6
    order by place.currency_code, ${ORDER}, 6`);

const ORDER = sql.raw(`part."from", part.method, part."tariffVersionId"`);

/** The pieces of one location's revenue: a table beside `place`. */
const pieces = ({ from, to, by }: RevenuePeriod): Statement => sql`(
  select ${BY[by].from ?? nothing}::timestamptz as "from", ${BY[by].to ?? nothing}::timestamptz as "to",
    ${BY[by].method ?? nothing}::text as method, ${BY[by].tariff ?? nothing}::uuid as "tariffVersionId",
    -sum(line.earned)::bigint as amount, -sum(line.tax)::bigint as tax, sum(line.owed)::bigint as validated,
    count(t.payment_id) filter (where t.refund_id is null) as payments, count(t.refund_id) as refunds
  from payments.ledger_transaction t
  left join payments.payment p on p.id = t.payment_id
  left join payments.validation v on v.id = t.validation_id
  cross join lateral (
    select coalesce(sum(e.amount) filter (where a.kind <> 'RECEIVABLE' and t.payment_id is not null), 0) as earned,
      coalesce(sum(e.amount) filter (where a.kind = 'TAX' and t.payment_id is not null), 0) as tax,
      coalesce(sum(e.amount) filter (where a.kind = 'RECEIVABLE'), 0) as owed
    from payments.entry e join payments.account a on a.id = e.account_id
    where e.transaction_id = t.id and a.kind in ('REVENUE', 'REFUNDS', 'TAX', 'RECEIVABLE')
  ) line
  where t.location_id = place.location_id and t.occurred_at >= ${from} and t.occurred_at < ${to}
    and num_nonnulls(t.payment_id, t.validation_id) = 1
  group by 1, 2, 3, 4)`;

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
      where t.location_id = place.location_id and a.kind in ('REVENUE', 'REFUNDS', 'TAX')
        and t.payment_id is not null and t.occurred_at >= today.midnight
        and t.occurred_at < date_add(today.midnight, interval '1 day', place.time_zone)
    ) earned`);
