import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Decimal } from '@plaza/platform/graphql/scalars';
import { toDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { MerchantRow } from '../database/merchant.entity.js';
import type { ValidationRow } from '../database/validation.entity.js';
import { Location, Ticket } from './entities.type.js';
import type { MerchantLoaders } from './merchant-loaders.js';
import { Merchant, Validation } from './merchant.type.js';

@Resolver(() => Merchant)
export class MerchantResolver {
  constructor(private readonly load: MerchantLoaders) {}

  @FieldResolver(() => Location, { description: 'The location whose tickets it may validate.' })
  location(@Root() { locationId }: MerchantRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The most it may take off one stay; null: no limit.',
  })
  mostPerTicket(@Root() { locationId, mostPerTicket }: MerchantRow, @Ctx() context: RequestContext) {
    return this.limit(context, locationId, mostPerTicket);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The most it may take off in a month of the location’s calendar; null: no limit.',
  })
  mostPerMonth(@Root() { locationId, mostPerMonth }: MerchantRow, @Ctx() context: RequestContext) {
    return this.limit(context, locationId, mostPerMonth);
  }

  @FieldResolver(() => Money, {
    description:
      'What it owes, from the ledger: its validations of stays that were paid or have ended, tax included, less what it paid.',
  })
  async owes(@Root() { id, locationId }: MerchantRow, @Ctx() context: RequestContext): Promise<Money> {
    const [owed, currencyCode] = await Promise.all([
      this.load.debt(context, id),
      this.load.currencyOf(context, locationId),
    ]);
    return money(owed, currencyCode);
  }

  private async limit(
    context: RequestContext,
    locationId: string,
    minor: number | null | undefined,
  ): Promise<Money | null> {
    return minor == null ? null : money(minor, await this.load.currencyOf(context, locationId));
  }
}

@Resolver(() => Validation)
export class ValidationResolver {
  constructor(private readonly load: MerchantLoaders) {}

  @FieldResolver(() => Merchant, { description: 'Who gave it.' })
  merchant(@Root() { merchantId }: ValidationRow, @Ctx() context: RequestContext) {
    return this.load.merchant(context, merchantId);
  }

  @FieldResolver(() => Ticket, { description: 'The ticket.' })
  ticket(@Root() { ticketId }: ValidationRow): Ticket {
    return { id: ticketId };
  }

  @FieldResolver(() => Decimal, {
    description: 'Percent, an amount in the currency of the stay, or minutes.',
  })
  value(@Root() { kind, value, currencyCode }: ValidationRow): string {
    return kind === 'AMOUNT' ? toDecimal(value, currencyCode) : String(value);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The most that it takes off; null: no limit.' })
  most(@Root() { most, currencyCode }: ValidationRow): Money | null {
    return most == null ? null : money(most, currencyCode);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What it took off; null until the first payment or the exit.',
  })
  amount(@Root() { amount, currencyCode }: ValidationRow): Money | null {
    return amount == null ? null : money(amount, currencyCode);
  }
}

@Resolver(() => Location)
export class MerchantsOfLocationResolver {
  constructor(private readonly load: MerchantLoaders) {}

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @FieldResolver(() => [Merchant], { description: 'The businesses that may validate its tickets, by name.' })
  merchants(@Root() { id }: Location, @Ctx() context: RequestContext) {
    requireScope(context.viewer, 'payments:read');
    return this.load.merchantsOf(context, id);
  }
}

@Resolver(() => Ticket)
export class ValidationsOfTicketResolver {
  constructor(private readonly load: MerchantLoaders) {}

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @FieldResolver(() => [Validation], { description: 'What merchants took off its price, oldest first.' })
  validations(@Root() { id }: Ticket, @Ctx() context: RequestContext) {
    requireScope(context.viewer, 'payments:read');
    return this.load.validationsOf(context, id);
  }
}
