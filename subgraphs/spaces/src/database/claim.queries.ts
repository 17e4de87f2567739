import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { type Occupancy, occupancyOf } from '../domain/occupancy.js';
import { type ClaimKind, type SpaceStatus, statusOfClaim } from '../domain/space-kind.js';

// What is open holds its space whatever the clocks of other machines say; only planned claims begin and end by the clock.
/** True for a claim c that holds its space at an instant. */
export const holdsAt = (asOf: Date): Statement =>
  sql`c.ends_at > ${asOf} and (c.ends_at = 'infinity' or (c.kind <> 'STAY' and c.begins_at <= ${asOf}))`;

interface CountedClaims {
  locationId: string;
  total: number;
  occupied: number;
  reserved: number;
  outOfService: number;
}

/** The occupancy of each of these locations that the viewer may see, counted from its claims. */
export async function readOccupancies(
  tx: Transaction,
  locationIds: readonly string[],
  asOf: Date,
): Promise<Map<string, Occupancy>> {
  const counted = await tx.rows<CountedClaims>(sql`
    with present as (
      select s.location_id, count(*) as total from spaces.space s
      where s.location_id = any (${locationIds}::uuid[]) group by s.location_id
    ), held as (
      select c.location_id, count(*) filter (where c.kind = 'STAY') as occupied,
        count(*) filter (where c.kind = 'RESERVATION') as reserved, count(*) filter (where c.kind = 'BLOCK') as blocked
      from spaces.claim c
      where c.location_id = any (${locationIds}::uuid[]) and ${holdsAt(asOf)} group by c.location_id
    )
    select l.id as "locationId", coalesce(p.total, 0) as total, coalesce(h.occupied, 0) as occupied,
      coalesce(h.reserved, 0) as reserved, coalesce(h.blocked, 0) as "outOfService"
    from spaces.location l left join present p on p.location_id = l.id left join held h on h.location_id = l.id
    where l.id = any (${locationIds}::uuid[])`);
  return new Map(counted.map(({ locationId, ...claimed }) => [locationId, occupancyOf(claimed, asOf)]));
}

/** The status of each of these spaces; one that the viewer may not see is free, as far as they can know. */
export async function readStatuses(
  tx: Transaction,
  spaceIds: readonly string[],
  asOf: Date,
): Promise<Map<string, SpaceStatus>> {
  const held = await tx.rows<{ spaceId: string; kind: ClaimKind }>(sql`
    select c.space_id as "spaceId", c.kind from spaces.claim c
    where c.space_id = any (${spaceIds}::uuid[]) and ${holdsAt(asOf)}`);
  const kinds = new Map(held.map(({ spaceId, kind }) => [spaceId, kind]));
  return new Map(spaceIds.map((spaceId) => [spaceId, statusOfClaim(kinds.get(spaceId))]));
}

/** Locks a space against whoever else would claim or free it. Goes before every lock of the space itself. */
export const lockVacancy = (tx: Transaction, spaceId: string): Promise<number> =>
  tx.run(sql`select from spaces.vacancy where space_id = ${spaceId} for update`);

/** How far apart two machines' clocks may be. */
const CLOCK_SKEW = 60_000;

/** Blocks a locked space from now on; false where something else holds it, now or later. */
export async function blockSpace(
  tx: Transaction,
  spaceId: string,
  reason: string | null,
  now: Date,
): Promise<boolean> {
  const latest = new Date(now.getTime() + CLOCK_SKEW);
  const inserted = await tx.run(sql`
    insert into spaces.claim (location_id, space_id, kind, reason, begins_at)
    select v.location_id, v.space_id, 'BLOCK', ${reason}, greatest(${now}::timestamptz, v.free_from)
    from spaces.vacancy v where v.space_id = ${spaceId} and v.free_from <= ${latest}
    on conflict on constraint space_is_claimed_once do nothing`);
  return inserted === 1;
}

/** Ends the block of a locked space. */
export const unblockSpace = (tx: Transaction, spaceId: string, now: Date): Promise<number> =>
  tx.run(sql`
    update spaces.claim set ends_at = greatest(${now}::timestamptz, begins_at)
    where space_id = ${spaceId} and kind = 'BLOCK' and ends_at = 'infinity'`);
