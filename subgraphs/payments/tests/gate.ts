import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { readStayAccounts } from '../src/database/stay-account.queries.js';
import type { Quote } from '../src/domain/tariff/quote.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { quoteOf } from '../src/use-cases/quote-of-stay.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { NOW, openPayments, type Payments } from './payments-fixture.js';

/** So many minutes after ten o'clock in Madrid. */
export const minute = (minutes: number): Date => new Date(Date.parse(NOW) + minutes * 60_000);

/** The gate of a location: vehicles come and go by their plates, as the tickets subgraph records them. */
export class Gate {
  private constructor(readonly on: Payments) {}

  static async open(): Promise<Gate> {
    return new Gate(await openPayments());
  }

  close(): Promise<void> {
    return this.on.close();
  }

  /** A location with so many spaces and this tariff. */
  async location(tariff: TariffRulesInput, spaces = 10): Promise<string> {
    const locationId = await this.on.openLocation(this.on.viewer, tariff);
    await this.on.test.database('spaces').write(this.on.viewer, (tx) =>
      tx.run(sql`insert into spaces.space (location_id, number, kind)
        select ${locationId}, 'S-' || n, 'CAR' from generate_series(1, ${spaces}) n`),
    );
    return locationId;
  }

  /** A vehicle enters; the id of its ticket. */
  async enter(locationId: string, at: number, plate = newId().slice(-12)): Promise<string> {
    const ticketId = newId();
    const { outcome } = await this.on.test.database('tickets').write(this.on.viewer, (tx) =>
      tx.one<{ outcome: string }>(sql`
        select outcome from tickets.enter(${ticketId}, ${newId()}, ${ticketId.slice(-12)}, ${locationId}, null, ${plate},
          'CAR', ${minute(at)})`),
    );
    if (outcome !== 'ENTERED') throw new Error(outcome);
    return ticketId;
  }

  /** The quote for leaving so many minutes after ten. */
  async quote(ticketId: string, at: number): Promise<Quote> {
    const { on } = this;
    const [stay] = await on.database.read(on.viewer, (tx) => readStayAccounts(tx, [ticketId]));
    if (!stay) throw new Error('No such stay.');
    return quoteOf(stay, minute(at));
  }

  /** Pays what is due then, in cash; what it was, in minor units. */
  async pay(ticketId: string, at: number): Promise<number> {
    const { on } = this;
    const paid = await payTicket(on.as(), { ticketId, method: 'CASH', paidAt: minute(at) });
    if (paid.__typename === 'NothingDue') return 0;
    if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
    return paid.payment.amount;
  }

  async leave(ticketId: string, at: number): Promise<void> {
    const left = await recordExit(this.on.as(), { ticketId, exitedAt: minute(at) });
    if (left.__typename !== 'VehicleExited') throw new Error(left.message);
  }

  /** Pays and leaves; what was paid. */
  async payAndLeave(ticketId: string, at: number): Promise<number> {
    const paid = await this.pay(ticketId, at);
    await this.leave(ticketId, at);
    return paid;
  }
}
