import { badUserInput, notFound } from '@plaza/platform/errors';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { DAY } from '../domain/tariff/local-time.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import type { QuoteOfTicket } from '../use-cases/record-exit.js';
import { Ticket } from './entities.type.js';
import type { PaymentsLoaders } from './loaders.js';
import { Payment, Receipt } from './payment.type.js';
import { Quote } from './quote.type.js';
import { quoteOf } from '../use-cases/quote-of-stay.js';

const MOST_DAYS_AHEAD = 100;

@Resolver(() => Ticket)
export class TicketResolver {
  constructor(
    private readonly deps: PaymentsDeps,
    private readonly load: PaymentsLoaders,
  ) {}

  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  @FieldResolver(() => Quote, { description: 'What leaving at an instant costs and what is still due.' })
  quote(
    @Root() { id }: Ticket,
    @Arg('at', () => DateTime, {
      nullable: true,
      description:
        `The instant of leaving, at most ${MOST_DAYS_AHEAD} days from now; now unless told. A stay that is over is quoted at ` +
        'its end.',
    })
    at: Date | null,
    @Ctx() context: RequestContext,
  ): Promise<QuoteOfTicket> {
    requireScope(context.viewer, 'tickets:read');
    const now = this.deps.clock.now();
    // each day of a stay is metered: an age would keep everybody else waiting
    if (at && at.getTime() - now.getTime() > MOST_DAYS_AHEAD * DAY) {
      throw badUserInput('at', `At most ${MOST_DAYS_AHEAD} days from now.`);
    }
    return this.quoteAt(id, at ?? now, context);
  }

  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  @FieldResolver(() => Money, {
    description:
      'What is still to be paid now. Negative when more was paid than the stay costs, as when an exit is reported from ' +
      'before the payment: refundPayment gives that back.',
  })
  async balance(@Root() { id }: Ticket, @Ctx() context: RequestContext): Promise<Money> {
    requireScope(context.viewer, 'tickets:read');
    const { balance, currencyCode } = await this.quoteAt(id, this.deps.clock.now(), context);
    return money(balance, currencyCode);
  }

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @FieldResolver(() => [Payment], { description: 'Its payments, those that failed too, oldest first.' })
  payments(@Root() { id }: Ticket, @Ctx() context: RequestContext) {
    requireScope(context.viewer, 'payments:read');
    return this.load.paymentsOfTicket(context, id);
  }

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @FieldResolver(() => Receipt, {
    nullable: true,
    description: 'The receipt of its latest payment; null while nothing was paid.',
  })
  receipt(@Root() { id }: Ticket, @Ctx() context: RequestContext) {
    requireScope(context.viewer, 'payments:read');
    return this.load.receiptOfTicket(context, id);
  }

  private async quoteAt(ticketId: string, at: Date, context: RequestContext): Promise<QuoteOfTicket> {
    const stay = await this.load.stay(context, ticketId);
    if (!stay) throw notFound('The ticket');
    return { ...quoteOf(stay, at), tariffVersionId: stay.tariffVersionId };
  }
}
