import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { CashShiftRow } from '../database/cash-shift.entity.js';
import type { CashLoaders } from './cash-loaders.js';
import { CashShift } from './cash-shift.type.js';
import { Location } from './entities.type.js';

@Resolver(() => CashShift)
export class CashShiftResolver {
  constructor(private readonly load: CashLoaders) {}

  @FieldResolver(() => Location, { description: 'The location of the drawer.' })
  location(@Root() { locationId }: CashShiftRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => Money, { description: 'What lay in the drawer when the shift was opened.' })
  float(@Root() { openingFloat, currencyCode }: CashShiftRow): Money {
    return money(openingFloat, currencyCode);
  }

  @FieldResolver(() => Money, {
    description: 'The cash that was paid into the drawer, by drivers and by merchants.',
  })
  async received(@Root() shift: CashShiftRow, @Ctx() context: RequestContext): Promise<Money> {
    return money((await this.load.cashOf(context, shift.id)).received, shift.currencyCode);
  }

  @FieldResolver(() => Money, { description: 'The cash that was given back from the drawer.' })
  async givenBack(@Root() shift: CashShiftRow, @Ctx() context: RequestContext): Promise<Money> {
    return money((await this.load.cashOf(context, shift.id)).givenBack, shift.currencyCode);
  }

  @FieldResolver(() => Int, {
    description: 'How many payments were taken in cash, of drivers and of merchants.',
  })
  async payments(@Root() { id }: CashShiftRow, @Ctx() context: RequestContext): Promise<number> {
    return (await this.load.cashOf(context, id)).payments;
  }

  @FieldResolver(() => Int, { description: 'How many refunds were given in cash.' })
  async refunds(@Root() { id }: CashShiftRow, @Ctx() context: RequestContext): Promise<number> {
    return (await this.load.cashOf(context, id)).refunds;
  }

  @FieldResolver(() => Money, {
    description: 'What the drawer should hold: float, and what was paid less what was given back.',
  })
  async expected(@Root() shift: CashShiftRow, @Ctx() context: RequestContext): Promise<Money> {
    const { expected, openingFloat, currencyCode } = shift;
    if (expected != null) return money(expected, currencyCode);
    const { received, givenBack } = await this.load.cashOf(context, shift.id);
    return money(openingFloat + received - givenBack, currencyCode);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What was counted at the end; null while it is open.',
  })
  counted(@Root() { counted, currencyCode }: CashShiftRow): Money | null {
    return counted == null ? null : money(counted, currencyCode);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'Counted less expected: negative where money is missing. It is booked. Null while it is open.',
  })
  difference(@Root() { counted, expected, currencyCode }: CashShiftRow): Money | null {
    return counted == null || expected == null ? null : money(counted - expected, currencyCode);
  }
}
