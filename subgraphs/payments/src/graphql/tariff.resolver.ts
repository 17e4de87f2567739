import { Money, money } from '@plaza/platform/graphql/money.type';
import { CurrencyCode, Decimal } from '@plaza/platform/graphql/scalars';
import { FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import { Location } from './entities.type.js';
import { Tariff, TariffIncrement } from './tariff.type.js';

@Resolver(() => Tariff)
export class TariffResolver {
  @FieldResolver(() => Location, { description: 'The location that charges by it.' })
  location(@Root() { locationId }: TariffVersionRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => CurrencyCode, { description: 'The currency of all its prices.' })
  currencyCode(@Root() { rules }: TariffVersionRow): string {
    return rules.currencyCode;
  }

  @FieldResolver(() => Int, {
    description: 'Leave within these minutes of entering and pay nothing; stay longer and pay from minute 0.',
  })
  freeMinutes(@Root() { rules }: TariffVersionRow): number {
    return rules.freeMinutes;
  }

  @FieldResolver(() => TariffIncrement, { description: 'The price of every started period.' })
  increment(@Root() { rules }: TariffVersionRow): TariffIncrement {
    return { minutes: rules.increment.minutes, price: money(rules.increment.price, rules.currencyCode) };
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The most that any 24 hours, counted from the entry, can cost; null: no limit.',
  })
  dailyCap(@Root() { rules }: TariffVersionRow): Money | null {
    return rules.dailyCap === null ? null : money(rules.dailyCap, rules.currencyCode);
  }

  @FieldResolver(() => Int, {
    description: 'How many minutes after a payment the driver may take to leave without paying more.',
  })
  exitGraceMinutes(@Root() { rules }: TariffVersionRow): number {
    return rules.exitGraceMinutes;
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'The tax that the prices contain, in percent; null: no tax is shown.',
  })
  taxPercent(@Root() { rules }: TariffVersionRow): string | null {
    return rules.taxPercent === null ? null : String(rules.taxPercent);
  }
}
