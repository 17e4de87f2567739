import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import { CLAIM_OF_STATUS, type SpaceKind, type SpaceStatus } from '../domain/space-kind.js';
import type { NewSpace } from '../domain/space-range.js';
import { holdsAt } from './claim.queries.js';
import { Space, type SpaceRow, Zone, type ZoneRow } from './space.entity.js';

export const findSpaces = (tx: Transaction, ids: readonly string[]): Promise<SpaceRow[]> =>
  tx.rows<SpaceRow>(sql`select ${sql.columns(Space)} from spaces.space where id = any (${ids}::uuid[])`);

export const findSpace = (tx: Transaction, id: string): Promise<SpaceRow | undefined> =>
  tx.row<SpaceRow>(sql`select ${sql.columns(Space)} from spaces.space where id = ${id}`);

export const findZones = (tx: Transaction, ids: readonly string[]): Promise<ZoneRow[]> =>
  tx.rows<ZoneRow>(sql`select ${sql.columns(Zone)} from spaces.zone where id = any (${ids}::uuid[])`);

export const findZonesOfLocations = (tx: Transaction, locationIds: readonly string[]): Promise<ZoneRow[]> =>
  tx.rows<ZoneRow>(sql`
    select ${sql.columns(Zone)} from spaces.zone where location_id = any (${locationIds}::uuid[]) order by id`);

/** Which spaces of a location a list holds. */
export interface SpaceFilter {
  status?: SpaceStatus | null;
  kind?: SpaceKind | null;
  asOf: Date;
}

/** The same page of the spaces of each of these locations, in the order in which they were added. */
export function listSpaces(
  tx: Transaction,
  locationIds: readonly string[],
  filter: SpaceFilter,
  page: Page,
): Promise<SpaceRow[]> {
  return tx.rows<SpaceRow>(sql`
    select ${sql.columns(Space, 's')} from unnest(${locationIds}::uuid[]) wanted (location_id)
    cross join lateral (
      select s.* from spaces.space s where s.location_id = wanted.location_id and ${matching(filter)} ${keyset(page, 's.id')}
    ) s`);
}

export async function countSpaces(tx: Transaction, locationId: string, filter: SpaceFilter): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*) from spaces.space s where s.location_id = ${locationId} and ${matching(filter)}`,
  );
  return count;
}

function matching({ status, kind, asOf }: SpaceFilter): Statement {
  const conditions = [sql`true`];
  if (kind) conditions.push(sql`s.kind = ${kind}`);
  if (status) {
    const held = (claims: Statement) =>
      sql`exists (select from spaces.claim c where c.space_id = s.id and ${holdsAt(asOf)} ${claims})`;
    conditions.push(
      status === 'FREE' ? sql`not ${held(sql``)}` : held(sql`and c.kind = ${CLAIM_OF_STATUS[status]}`),
    );
  }
  return sql.join(conditions, ' and ');
}

/** Which of these numbers a location has already, at most ten of them. */
export async function takenNumbers(
  tx: Transaction,
  locationId: string,
  numbers: readonly string[],
): Promise<string[]> {
  const taken = await tx.rows<{ number: string }>(sql`
    select number from spaces.space where location_id = ${locationId} and number = any (${numbers}::text[])
    order by id limit 10`);
  return taken.map(({ number }) => number);
}

/** Adds spaces to a locked location, all in one statement; their zones are made where they are missing. */
export async function insertSpaces(
  tx: Transaction,
  locationId: string,
  spaces: readonly NewSpace[],
): Promise<void> {
  const zones = new Set(spaces.flatMap(({ zone }) => zone ?? []));
  await Promise.all([
    zones.size > 0 ? ensureZones(tx, locationId, [...zones]) : undefined,
    tx.run(sql`
      insert into spaces.space (location_id, zone_id, number, kind, features)
      select ${locationId}, z.id, n.number, n.kind, n.features
      from rows from (
        jsonb_to_recordset(${JSON.stringify(spaces)}) as (number text, kind text, zone text, features text[])
      ) with ordinality n (number, kind, zone, features, place)
      left join spaces.zone z on z.location_id = ${locationId} and z.name = n.zone
      order by n.place`),
  ]);
}

/** Makes the zones that a locked location does not have yet. */
export const ensureZones = (tx: Transaction, locationId: string, names: readonly string[]): Promise<number> =>
  tx.run(sql`
    insert into spaces.zone (location_id, name) select ${locationId}, unnest(${names}::text[])
    on conflict on constraint zone_name_is_taken do nothing`);

/** What of a space can be changed; undefined keeps it, a null zone takes it out of its zone. */
export interface SpaceChange {
  number?: string;
  kind?: SpaceKind;
  zone?: string | null;
  features?: string[];
}

export const updateSpaceRow = (tx: Transaction, space: SpaceRow, change: SpaceChange): Promise<SpaceRow> =>
  tx.one<SpaceRow>(sql`
    update spaces.space s set number = ${change.number ?? space.number}, kind = ${change.kind ?? space.kind},
      features = ${change.features ?? space.features},
      zone_id = ${
        change.zone === undefined
          ? sql`${space.zoneId}`
          : sql`(select z.id from spaces.zone z where z.location_id = s.location_id and z.name = ${change.zone})`
      }
    where s.id = ${space.id} returning ${sql.columns(Space, 's')}`);
