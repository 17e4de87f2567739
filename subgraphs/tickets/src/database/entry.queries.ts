import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { type ClaimOutcome, claimSpace } from '../contract/spaces.js';
import type { VehicleKind } from '../domain/vehicle-kind.js';
import { LIVE } from './live.js';
import { Ticket, type TicketRow } from './ticket.entity.js';

/** A vehicle at the gate. */
export interface Arrival {
  /** The id that its ticket will have. */
  ticketId: string;
  /** The id that the vehicle will have if it was never here. */
  vehicleId: string;
  code: string;
  locationId: string;
  /** The space that it was told to take; null lets spaces choose. */
  spaceId: string | null;
  plate: string;
  /** Null: as it is known, or a car. */
  vehicleKind: VehicleKind | null;
  enteredAt: Date;
}

export type EntryOutcome = Exclude<ClaimOutcome, 'CLAIMED'> | 'ENTERED' | 'ALREADY_INSIDE';

/**
 * Lets whoever else changes something about a plate wait until this transaction ends. A plate and not its row is locked,
 * because a vehicle that is turned away leaves no row behind.
 */
export const lockPlates = (tx: Transaction, tenantId: string, plates: readonly string[]): Promise<number> =>
  tx.run(sql`
    select pg_advisory_xact_lock(hashtextextended(${tenantId} || ' ' || plate, 0))
    from (select plate from unnest(${plates}::text[]) as given (plate) order by plate) as ordered`);

interface Entered extends Omit<TicketRow, 'id'> {
  id: string | null;
  outcome: EntryOutcome;
}

/**
 * Vehicle, claim of a space and ticket in one statement, on a locked plate: each part looks at what the one before it
 * made, so that nothing is made where a vehicle is inside already or finds no space.
 */
export async function enter(
  tx: Transaction,
  arrival: Arrival,
): Promise<{ outcome: EntryOutcome; ticket: TicketRow | null }> {
  const { ticketId, vehicleId, code, locationId, spaceId, plate, vehicleKind, enteredAt } = arrival;
  const claim = claimSpace({
    locationId: sql`${locationId}::uuid`,
    vehicleKind: sql`coalesce(${vehicleKind}, (select kind from known), 'CAR')`,
    spaceId: sql`${spaceId}::uuid`,
    ticketId: sql`${ticketId}::uuid`,
    enteredAt: sql`${enteredAt}::timestamptz`,
  });
  const { outcome, ...ticket } = await tx.one<Entered>(sql`
    with known as (
      select id, kind from tickets.vehicle where plate = ${plate}
    ), inside as (
      select t.* from tickets.ticket t
      where t.vehicle_id = (select id from known) and t.location_id = ${locationId} and t.status in (${LIVE})
    ), claimed as materialized (
      select c.outcome, c.space_id from ${claim} c where not exists (select from inside)
    ), met as (
      insert into tickets.vehicle (id, plate, kind)
      select ${vehicleId}::uuid, ${plate}, coalesce(${vehicleKind}, 'CAR') from claimed
      where claimed.outcome = 'CLAIMED' and not exists (select from known) returning id, kind
    ), entered as (
      insert into tickets.ticket (id, code, location_id, space_id, vehicle_id, vehicle_kind, entered_at, changed_at)
      select ${ticketId}::uuid, ${code}, ${locationId}::uuid, claimed.space_id, v.id,
        coalesce(${vehicleKind}, v.kind), ${enteredAt}::timestamptz, ${enteredAt}::timestamptz
      from claimed, (select id, kind from known union all select id, kind from met) v
      where claimed.outcome = 'CLAIMED' returning *
    )
    select ${sql.columns(Ticket, 't')}, case when t.id is not null and c.outcome is null then 'ALREADY_INSIDE'
      when t.id is not null then 'ENTERED' else c.outcome end as outcome
    from (select) one left join claimed c on true
    left join (select * from entered union all select * from inside) t on true`);
  return { outcome, ticket: ticket.id === null ? null : (ticket as TicketRow) };
}
