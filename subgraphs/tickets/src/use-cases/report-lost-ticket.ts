import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import type { TicketRow } from '../database/ticket.entity.js';
import { changeStatus, lockTicket } from '../database/ticket.queries.js';
import { canBeLost } from '../domain/ticket-status.js';
import type { TicketsContext } from './context.js';

export interface ReportLostTicketInput {
  ticketId: string;
  idempotencyKey?: string | null;
}

export type ReportLostTicketOutcome =
  | { __typename: 'TicketReportedLost'; ticket: TicketRow }
  | { __typename: 'TicketNotReportable'; message: string; ticket: TicketRow };

/** Marks the ticket of a driver who lost it; the vehicle stays inside, pays and leaves as before. */
export async function reportLostTicket(
  on: TicketsContext,
  input: ReportLostTicketInput,
): Promise<ReportLostTicketOutcome> {
  const viewer = requireScope(on.viewer, 'tickets:write');
  const { ticketId } = input;
  if (!isId(ticketId)) throw notFound('The ticket');
  const changedAt = on.clock.now();

  return on.database.write(viewer, (tx) =>
    once(
      tx,
      keyedCommand('tickets', viewer, 'reportLostTicket', input),
      async (): Promise<ReportLostTicketOutcome> => {
        const ticket = await lockTicket(tx, ticketId);
        if (!ticket) throw notFound('The ticket');
        if (ticket.status === 'LOST') return { __typename: 'TicketReportedLost', ticket };
        if (!canBeLost(ticket.status)) {
          return {
            __typename: 'TicketNotReportable',
            message: `A ticket that is ${ticket.status.toLowerCase()} is not needed any more.`,
            ticket,
          };
        }
        return {
          __typename: 'TicketReportedLost',
          ticket: await changeStatus(tx, ticketId, { status: 'LOST', changedAt }),
        };
      },
    ),
  );
}
