import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PaymentRow } from '../database/payment.entity.js';
import type { RefundRow } from '../database/refund.entity.js';
import { Location, Ticket } from './entities.type.js';
import type { PaymentsLoaders } from './loaders.js';
import { Dispute, Payment, Receipt, Refund } from './payment.type.js';

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

  @FieldResolver(() => Money, {
    description:
      'What the coins that there are added to `amount`, or took off: both together were handed over. Cash only.',
  })
  rounding(@Root() { rounding, currencyCode }: PaymentRow): Money {
    return money(rounding, currencyCode);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The cash that was handed over before the change; null where it was not told.',
  })
  cashReceived(@Root() { cashReceived, currencyCode }: PaymentRow): Money | null {
    return typeof cashReceived === 'number' ? money(cashReceived, currencyCode) : null;
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the payer gets back in cash at once; null where `cashReceived` was not told.',
  })
  change(@Root() { amount, rounding, cashReceived, currencyCode }: PaymentRow): Money | null {
    return typeof cashReceived === 'number' ? money(cashReceived - amount - rounding, currencyCode) : null;
  }

  @FieldResolver(() => Money, { description: 'How much of it was given back, or is about to be.' })
  refunded(@Root() { refunded, currencyCode }: PaymentRow): Money {
    return money(refunded, currencyCode);
  }

  @FieldResolver(() => [Refund], { description: 'What was given back, oldest first.' })
  refunds(@Root() { id }: PaymentRow, @Ctx() context: RequestContext) {
    return this.load.refundsOfPayment(context, id);
  }

  @FieldResolver(() => [Dispute], { description: 'What its payer asked the bank for, oldest first.' })
  disputes(@Root() { id }: PaymentRow, @Ctx() context: RequestContext) {
    return this.load.disputesOfPayment(context, id);
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

  @FieldResolver(() => Money, {
    description: 'What coins add to `amount`, or take off: both together are handed back. Cash only.',
  })
  rounding(@Root() { rounding, currencyCode }: RefundRow): Money {
    return money(rounding, currencyCode);
  }
}
