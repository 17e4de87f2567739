import { randomUUID } from 'node:crypto';
import type { Found } from '../plaza/client.js';
import { ENTER, LEAVE, PAY } from '../plaza/organization.js';
import type { AnywhereClient } from './anywhere.js';
import type { Place } from './tenant.js';
import type { Writing } from './writing.js';

/** Each command of a stay writes two: one of the ticket, one of the space or the payment. */
const EVENTS = 2;

/** One car after the other enters, pays and leaves, through the public graph, until enough is written. */
export async function writeThroughGraph(
  client: AnywhereClient,
  { locationId }: Place,
  writer: string,
  writing: Writing,
): Promise<void> {
  const tell = async (command: string, expected: string, input: object): Promise<Found> => {
    const told = await client.command(command, { ...input, idempotencyKey: randomUUID() });
    if (told.__typename !== expected) throw new Error(`Instead of ${expected}: ${JSON.stringify(told)}`);
    writing.add(EVENTS);
    return told;
  };
  for (let stay = 0; await writing.mayBegin(); stay += 1) {
    const plate = `${writer}S${stay}`;
    const { ticket } = await tell(ENTER, 'VehicleEntered', { locationId, plate, vehicleKind: 'CAR' });
    await tell(PAY, 'TicketPaid', { ticketId: ticket.id, method: 'CASH' });
    await tell(LEAVE, 'VehicleExited', { ticketId: ticket.id });
  }
}
