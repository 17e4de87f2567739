import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PaymentRow } from '../database/payment.entity.js';
import type { RefundRow } from '../database/refund.entity.js';
import { Location, Ticket } from './entities.type.js';
import type { PaymentsLoaders } from './loaders.js';
import { Payment, Receipt, Refund } from './payment.type.js';

@Resolver(() => Payment)
export class PaymentResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @FieldResolver(() => Ticket, { description: 'The ticket it pays.' })
  ticket(@Root() { ticketId }: PaymentRow): Ticket {
    return { id: ticketId };
  }

  @FieldResolver(() => Location, { description: 'The location that got the money.' })
  location(@Root() { locationId }: PaymentRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => Money, { description: 'The amount, tax included.' })
  amount(@Root() { amount, currencyCode }: PaymentRow): Money {
    return money(amount, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'How much of it was given back, or is about to be.' })
  refunded(@Root() { refunded, currencyCode }: PaymentRow): Money {
    return money(refunded, currencyCode);
  }

  @FieldResolver(() => [Refund], { description: 'What was given back, oldest first.' })
  refunds(@Root() { id }: PaymentRow, @Ctx() context: RequestContext) {
    return this.load.refundsOfPayment(context, id);
  }

  @FieldResolver(() => Receipt, {
    nullable: true,
    description: 'Its receipt; null while no money was taken.',
  })
  receipt(@Root() { id }: PaymentRow, @Ctx() context: RequestContext) {
    return this.load.receiptOfPayment(context, id);
  }
}

@Resolver(() => Refund)
export class RefundResolver {
  @FieldResolver(() => Money, { description: 'The amount given back, tax included.' })
  amount(@Root() { amount, currencyCode }: RefundRow): Money {
    return money(amount, currencyCode);
  }
}
