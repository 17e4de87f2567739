import { newId } from '@plaza/platform/ids';
import type { Outcome, Story } from './errand.js';
import type { Known } from './invariants.js';
import { Violation } from './violation.js';

/** A command under its key, and the end that somebody was told of it. */
export interface Keyed {
  key: string;
  story: Story;
  input: Record<string, unknown>;
  end: string | null;
}

/** The model: all that the players know, who see nothing but answers. */
export class Players {
  readonly tickets: string[] = [];
  readonly payments: string[] = [];
  readonly commands: Keyed[] = [];
  private readonly told = {
    payments: new Set<string>(),
    refunds: new Set<string>(),
    exits: new Set<string>(),
  };

  /** A new command under a new key. It is known before it is sent: what comes of it is never a surprise. */
  command(story: Story, input: Record<string, unknown>): Keyed {
    const key = newId();
    const command = { key, story, input: { ...input, idempotencyKey: key }, end: null };
    this.commands.push(command);
    return command;
  }

  /** Takes in an answer. Throws a Violation where it is another end than the one told before. */
  hear(command: Keyed, outcome: Outcome): void {
    const { payment, refund } = outcome;
    if (payment && !this.payments.includes(payment.id)) this.payments.push(payment.id);
    if (!isEnd(outcome)) return;
    const end = [outcome.__typename, payment?.id, refund?.id, outcome.reason].join(' ');
    // cancelling answers where the payment stands, which goes on
    if (command.story !== 'cancel' && command.story !== 'confirm') {
      if (command.end !== null && command.end !== end) {
        throw new Violation('a key is answered with one end', [command.key, command.end, end]);
      }
      command.end = end;
    }
    if (outcome.__typename === 'TicketPaid' || outcome.__typename === 'TicketPartlyPaid') {
      this.told.payments.add(payment?.id ?? '');
    }
    if (outcome.__typename === 'PaymentRefunded') this.told.refunds.add(refund?.id ?? '');
    if (outcome.__typename === 'VehicleExited') this.told.exits.add(String(command.input.ticketId));
  }

  /** What was told by now. */
  heard(): Known['told'] {
    const { payments, refunds, exits } = this.told;
    return { payments: [...payments], refunds: [...refunds], exits: [...exits] };
  }

  /** What was ordered by now. */
  ordered(): Known['ordered'] {
    const keys = new Map(this.tickets.map((ticketId) => [ticketId, 0]));
    for (const { story, input } of this.commands) {
      const ticketId = String(input.ticketId);
      if (story === 'pay') keys.set(ticketId, (keys.get(ticketId) ?? 0) + 1);
    }
    return [...keys].map(([ticketId, count]) => ({ ticketId, keys: count }));
  }
}

const OPEN_ENDED = new Set<string | undefined>(['PaymentInProgress', 'PaymentActionRequired', undefined]);

const isEnd = ({ __typename, refund }: Outcome): boolean =>
  !OPEN_ENDED.has(__typename) && refund?.status !== 'PENDING';
