import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { ClaimOutcome } from '../contract/spaces.js';
import type { VehicleKind } from '../domain/vehicle-kind.js';
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

/** Lets whoever else changes something about these plates wait until this transaction ends. */
export const lockPlates = (tx: Transaction, plates: readonly string[]): Promise<number> =>
  tx.run(sql`
    select tickets.lock_plate(plate)
    from (select plate from unnest(${plates}::text[]) as given (plate) order by plate) as ordered`);

interface Entered extends Omit<TicketRow, 'id'> {
  id: string | null;
  outcome: EntryOutcome;
}

/** The vehicle gets its space and its ticket, or nothing is written; the ticket comes with ENTERED and ALREADY_INSIDE. */
export async function enter(
  tx: Transaction,
  arrival: Arrival,
): Promise<{ outcome: EntryOutcome; ticket: TicketRow | null }> {
  const { ticketId, vehicleId, code, locationId, spaceId, plate, vehicleKind, enteredAt } = arrival;
  const { outcome, ...ticket } = await tx.one<Entered>(sql`
    select e.outcome, ${sql.columns(Ticket, '(e.ticket)')}
    from tickets.enter(${ticketId}, ${vehicleId}, ${code}, ${locationId}, ${spaceId}, ${plate}, ${vehicleKind},
      ${enteredAt}) e`);
  return { outcome, ticket: ticket.id === null ? null : (ticket as TicketRow) };
}
