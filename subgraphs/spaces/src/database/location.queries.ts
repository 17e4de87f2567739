import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import type { Coordinates, LocationProfile } from '../domain/location-profile.js';
import { Location, type LocationRow } from './location.entity.js';

/** Which locations a list holds. */
export interface LocationFilter {
  /** Part of a name or a city, or something much like it. */
  search?: string | null;
  near?: (Coordinates & { radiusMeters: number }) | null;
}

export const findLocations = (tx: Transaction, ids: readonly string[]): Promise<LocationRow[]> =>
  tx.rows<LocationRow>(
    sql`select ${sql.columns(Location)} from spaces.location where id = any (${ids}::uuid[])`,
  );

/** Locks a location against others who add or renumber its spaces; entries and exits go on. */
export const lockLocation = (tx: Transaction, id: string): Promise<LocationRow | undefined> =>
  tx.row<LocationRow>(
    sql`select ${sql.columns(Location)} from spaces.location where id = ${id} for no key update`,
  );

export const insertLocation = (
  tx: Transaction,
  id: string,
  profile: LocationProfile,
): Promise<LocationRow> => {
  const { name, timeZone, currencyCode, address, coordinates } = profile;
  return tx.one<LocationRow>(sql`
    insert into spaces.location (id, name, time_zone, currency_code, street, postal_code, city, country_code, latitude,
      longitude)
    values (${id}, ${name}, ${timeZone}, ${currencyCode}, ${address?.street}, ${address?.postalCode}, ${address?.city},
      ${address?.countryCode}, ${coordinates?.latitude}, ${coordinates?.longitude})
    returning ${sql.columns(Location)}`);
};

/** A page of the viewer's locations, the nearest first where the filter says near what, else in the order of their making. */
export function listLocations(tx: Transaction, filter: LocationFilter, page: Page): Promise<LocationRow[]> {
  const condition = matching(filter);
  if (filter.near) return listNearest(tx, filter.near, condition, page);
  return tx.rows<LocationRow>(
    sql`select ${sql.columns(Location, 'l')} from spaces.location l where ${condition} ${keyset(page, 'l.id')}`,
  );
}

export async function countLocations(tx: Transaction, filter: LocationFilter): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*) from spaces.location l where ${matching(filter)}`,
  );
  return count;
}

function listNearest(
  tx: Transaction,
  near: Coordinates,
  condition: Statement,
  page: Page,
): Promise<LocationRow[]> {
  const bounds = [
    ...(page.after
      ? [sql`(n.distance, n.id) > (select c.distance, c.id from nearby c where c.id = ${page.after})`]
      : []),
    ...(page.before
      ? [sql`(n.distance, n.id) < (select c.distance, c.id from nearby c where c.id = ${page.before})`]
      : []),
    sql`true`,
  ];
  const order = sql.raw(page.backwards ? 'n.distance desc, n.id desc' : 'n.distance, n.id');
  return tx.rows<LocationRow>(sql`
    with nearby as (
      select l.*, ${metersBetween(near)} as distance from spaces.location l where ${condition}
    )
    select ${sql.columns(Location, 'n')} from nearby n
    where ${sql.join(bounds, ' and ')} order by ${order} limit ${page.size + 1}`);
}

const METERS_OF_A_DEGREE = 111_195;
const EARTH_RADIUS = 6_371_009;

/** The great-circle distance from a point to the location l, in meters. */
const metersBetween = ({ latitude, longitude }: Coordinates): Statement => sql`
  2 * ${EARTH_RADIUS}::float8 * asin(sqrt(least(1,
    sin(radians(l.latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(${latitude}::float8)) * cos(radians(l.latitude))
      * sin(radians(l.longitude - ${longitude}::float8) / 2) ^ 2)))`;

// An organization's locations are few, so matching their names needs no index of its own: under row-level security a
// trigram index would not be used anyway, its operators are not leakproof. The band of latitudes uses one.
function matching({ search, near }: LocationFilter): Statement {
  const conditions = [sql`true`];
  if (search) {
    const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(
      sql`(l.name ilike ${part} or l.city ilike ${part} or public.word_similarity(${search}, l.name) >= 0.5)`,
    );
  }
  if (near) {
    const band = near.radiusMeters / METERS_OF_A_DEGREE;
    conditions.push(
      sql`l.latitude between ${near.latitude - band}::float8 and ${near.latitude + band}::float8`,
      sql`${metersBetween(near)} <= ${near.radiusMeters}::float8`,
    );
  }
  return sql.join(conditions, ' and ');
}
