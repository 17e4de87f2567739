import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type * as Outcome from '../use-cases/pay-ticket.outcome.js';
import type { PaymentsLoaders } from './loaders.js';
import { AmountExceedsDue, NotEnoughCash, TicketPaid, TicketPartlyPaid } from './pay-ticket.type.js';
import { Receipt } from './payment.type.js';

const moneyOf = ({ amount, currencyCode }: Outcome.Amount): Money => money(amount, currencyCode);

@Resolver(() => TicketPaid)
export class TicketPaidResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @FieldResolver(() => Receipt, { description: 'Its receipt.' })
  receipt(@Root() { payment }: Outcome.TicketPaid, @Ctx() context: RequestContext) {
    return this.load.receiptOfPayment(context, payment.id);
  }
}

@Resolver(() => TicketPartlyPaid)
export class TicketPartlyPaidResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @FieldResolver(() => Receipt, { description: 'The receipt of this payment.' })
  receipt(@Root() { payment }: Outcome.TicketPartlyPaid, @Ctx() context: RequestContext) {
    return this.load.receiptOfPayment(context, payment.id);
  }

  @FieldResolver(() => Money, { description: 'What is still due, at the instant of the payment.' })
  due(@Root() { due }: Outcome.TicketPartlyPaid): Money {
    return moneyOf(due);
  }
}

@Resolver(() => AmountExceedsDue)
export class AmountExceedsDueResolver {
  @FieldResolver(() => Money, { description: 'What is due.' })
  due(@Root() { due }: Outcome.AmountExceedsDue): Money {
    return moneyOf(due);
  }
}

@Resolver(() => NotEnoughCash)
export class NotEnoughCashResolver {
  @FieldResolver(() => Money, { description: 'What was to be handed over, in the coins that there are.' })
  asked(@Root() { asked }: Outcome.NotEnoughCash): Money {
    return moneyOf(asked);
  }
}
