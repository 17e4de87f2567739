import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readLocations } from '../contract/spaces.js';

/** Who came and went at a location, up to an instant. */
export interface Traffic {
  locationId: string;
  /** In the 60 minutes before; void tickets are not counted. */
  entriesLastHour: number;
  exitsLastHour: number;
  /** Of the stays that ended in the 24 hours before, in minutes to a tenth; null without any. */
  averageStayMinutes: number | null;
}

/** The arrivals of one hour on a location's own clock. */
export interface HourOfArrivals {
  locationId: string;
  /** 0 to 23. */
  hour: number;
  startsAt: Date;
  arrivals: number;
}

/** The traffic at each location, up to `at`. */
export const readTraffic = (tx: Transaction, locationIds: readonly string[], at: Date): Promise<Traffic[]> =>
  tx.rows<Traffic>(sql`
    select place.id as "locationId", coming.entries as "entriesLastHour", leaving.exits as "exitsLastHour",
      leaving.average as "averageStayMinutes"
    from unnest(${locationIds}::uuid[]) place(id)
    cross join lateral (
      select count(*) as entries from tickets.ticket t
      where t.location_id = place.id and t.entered_at > ${at}::timestamptz - interval '1 hour'
        and t.entered_at <= ${at}::timestamptz and t.status <> 'VOID'
    ) coming
    cross join lateral (
      select count(*) filter (where t.exited_at > ${at}::timestamptz - interval '1 hour') as exits,
        round(extract(epoch from avg(t.exited_at - t.entered_at)) / 60, 1)::float8 as average
      from tickets.ticket t
      where t.location_id = place.id and t.exited_at > ${at}::timestamptz - interval '24 hours'
        and t.exited_at <= ${at}::timestamptz
    ) leaving`);

/**
 * The last 24 hours of each location's own clock, the one of `at` included, the earliest first. When clocks go back, the
 * same hour is there twice; when they go forward, one is missing.
 */
export const readArrivals = (
  tx: Transaction,
  locationIds: readonly string[],
  at: Date,
): Promise<HourOfArrivals[]> =>
  tx.rows<HourOfArrivals>(sql`
    select place.location_id as "locationId", clock.starts_at as "startsAt", coalesce(came.arrivals, 0) as arrivals,
      extract(hour from clock.starts_at at time zone place.time_zone)::integer as hour
    from ${readLocations(sql`${locationIds}::uuid[]`)} place
    -- half hours, because some zones change their clocks by one
    cross join lateral (
      select distinct date_trunc('hour', step, place.time_zone) as starts_at
      from generate_series(${at}::timestamptz - interval '23 hours', ${at}::timestamptz, interval '30 minutes') step
    ) clock
    left join lateral (
      select date_trunc('hour', t.entered_at, place.time_zone) as starts_at, count(*) as arrivals
      from tickets.ticket t
      where t.location_id = place.location_id and t.entered_at <= ${at}::timestamptz and t.status <> 'VOID'
        and t.entered_at >= date_trunc('hour', ${at}::timestamptz - interval '23 hours', place.time_zone)
      group by 1
    ) came on came.starts_at = clock.starts_at
    order by place.location_id, clock.starts_at`);
