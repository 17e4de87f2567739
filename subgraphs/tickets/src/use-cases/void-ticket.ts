import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { releaseSpace } from '../contract/spaces.js';
import type { TicketRow } from '../database/ticket.entity.js';
import { changeStatus, lockTicket } from '../database/ticket.queries.js';
import { canBeVoided } from '../domain/ticket-status.js';
import type { TicketsContext } from './context.js';

export interface VoidTicketInput {
  ticketId: string;
  reason?: string | null;
  idempotencyKey?: string | null;
}

export type VoidTicketOutcome =
  | { __typename: 'TicketVoided'; ticket: TicketRow }
  | { __typename: 'TicketNotVoidable'; message: string; ticket: TicketRow };

/** Cancels a ticket that should never have been: nothing is charged, and its space was free all the time. */
export async function voidTicket(on: TicketsContext, input: VoidTicketInput): Promise<VoidTicketOutcome> {
  const viewer = requireScope(on.viewer, 'tickets:write');
  const { ticketId } = input;
  const voidReason = input.reason?.trim() || null;
  if (voidReason && voidReason.length > 500) {
    throw badUserInput('reason', 'A reason has at most 500 characters.');
  }
  if (!isId(ticketId)) throw notFound('The ticket');
  const changedAt = on.clock.now();

  return on.database.write(viewer, (tx) =>
    once(tx, keyedCommand('tickets', viewer, 'voidTicket', input), async (): Promise<VoidTicketOutcome> => {
      const ticket = await lockTicket(tx, ticketId);
      if (!ticket) throw notFound('The ticket');
      if (!canBeVoided(ticket)) {
        return {
          __typename: 'TicketNotVoidable',
          message: ticket.holdsMoney
            ? 'This ticket was paid, or part of it: give the money back first.'
            : `A ticket that is ${ticket.status.toLowerCase()} cannot be voided.`,
          ticket,
        };
      }
      const [voided] = await Promise.all([
        changeStatus(tx, ticketId, { status: 'VOID', voidReason, changedAt }),
        releaseSpace(tx, ticketId, ticket.enteredAt),
      ]);
      return { __typename: 'TicketVoided', ticket: voided };
    }),
  );
}
