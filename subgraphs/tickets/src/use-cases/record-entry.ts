import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { isUniqueViolation } from '@plaza/platform/database/postgres-errors';
import { notFound } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { type Arrival, enter } from '../database/entry.queries.js';
import type { TicketRow } from '../database/ticket.entity.js';
import { entryInstant } from '../domain/entry-time.js';
import { requirePlate } from '@plaza/platform/plate';
import { newTicketCode } from '../domain/ticket-code.js';
import type { VehicleKind } from '../domain/vehicle-kind.js';
import type { TicketsContext } from './context.js';

export interface RecordEntryInput {
  locationId: string;
  plate: string;
  vehicleKind?: VehicleKind | null;
  /** Left out, a space is chosen that fits the vehicle. */
  spaceId?: string | null;
  /** When it entered; left out: now. */
  enteredAt?: Date | null;
  idempotencyKey?: string | null;
}

export type RecordEntryOutcome =
  | { __typename: 'VehicleEntered'; ticket: TicketRow }
  | { __typename: 'NoSpaceAvailable'; message: string; location: { id: string } }
  | { __typename: 'SpaceNotAvailable'; message: string; space: { id: string } }
  | { __typename: 'VehicleAlreadyInside'; message: string; ticket: TicketRow };

/** A vehicle enters: its ticket, the claim of its space and what is told of both are there together, or not at all. */
export async function recordEntry(on: TicketsContext, input: RecordEntryInput): Promise<RecordEntryOutcome> {
  const viewer = requireScope(on.viewer, 'tickets:write');
  const { locationId, vehicleKind = null, spaceId = null } = input;
  const plate = requirePlate(input.plate, 'plate');
  const enteredAt = entryInstant(input.enteredAt, on.clock.now(), viewer.scopes.includes('tickets:backdate'));
  if (!isId(locationId)) throw notFound('The location');
  if (spaceId !== null && !isId(spaceId)) throw notFound('The space');
  const command = keyedCommand('tickets', viewer, 'recordEntry', input);

  const attempt = () =>
    on.database.write(viewer, (tx) =>
      once(tx, command, async () => {
        const arrival = { ticketId: newId(), vehicleId: newId(), code: newTicketCode() };
        const entry = await enter(tx, { ...arrival, locationId, spaceId, plate, vehicleKind, enteredAt });
        return outcomeOf(entry, { locationId, spaceId });
      }),
    );
  try {
    return await attempt();
  } catch (error) {
    // codes are random: one in a thousand million million entries draws one that is taken
    if (isUniqueViolation(error, 'ticket_code_is_taken')) return attempt();
    throw error;
  }
}

function outcomeOf(
  { outcome, ticket }: Awaited<ReturnType<typeof enter>>,
  { locationId, spaceId }: Pick<Arrival, 'locationId' | 'spaceId'>,
): RecordEntryOutcome {
  switch (outcome) {
    case 'ENTERED':
      return { __typename: 'VehicleEntered', ticket: ticket as TicketRow };
    case 'ALREADY_INSIDE':
      return {
        __typename: 'VehicleAlreadyInside',
        message: 'The vehicle is inside already.',
        ticket: ticket as TicketRow,
      };
    case 'NO_SPACE':
      return {
        __typename: 'NoSpaceAvailable',
        message: 'No space for this kind of vehicle is free.',
        location: { id: locationId },
      };
    case 'SPACE_NOT_AVAILABLE':
      return {
        __typename: 'SpaceNotAvailable',
        message: 'The space is not free.',
        space: { id: spaceId as string },
      };
    case 'NO_LOCATION':
      throw notFound('The location');
    case 'NO_SUCH_SPACE':
      throw notFound('The space');
  }
}
