import { Money } from '@plaza/platform/graphql/money.type';
import { CurrencyCode, DateTime, Decimal } from '@plaza/platform/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A price for every started period.' })
export class TariffIncrement {
  @Field(() => Int, { description: 'The length of a period in minutes.' })
  minutes!: number;

  @Field(() => Money, { description: 'What each started period costs.' })
  price!: Money;
}

@ObjectType({ description: 'A version of a location’s tariff, as it was published. It never changes.' })
export class Tariff {
  @Field(() => ID, { description: 'The id of this version.' })
  id!: string;

  @Field(() => Int, { description: 'The number of this version: 1, 2, 3... at each location.' })
  number!: number;

  @Field(() => String, { description: 'The name of the tariff.' })
  name!: string;

  @Field(() => DateTime, {
    description: 'Vehicles that enter from this instant on are charged by this version.',
  })
  effectiveFrom!: Date;

  @Field(() => DateTime, { description: 'When it was published.' })
  publishedAt!: Date;
}

@InputType({ description: 'A price for every started period.' })
export class TariffIncrementInput {
  @Field(() => Int, { description: 'The length of a period in minutes, 1 to 1440.' })
  minutes!: number;

  @Field(() => Decimal, {
    description: 'What each started period costs, in the currency of the tariff: "0.50".',
  })
  price!: string;
}

@InputType({ description: 'The rules of a tariff: what the sign at the entrance says.' })
export class TariffInput {
  @Field(() => CurrencyCode, { description: 'The currency of all its prices: that of the location.' })
  currencyCode!: string;

  @Field(() => Int, {
    defaultValue: 0,
    description:
      'Leave within these minutes of entering and pay nothing; stay longer and pay from minute 0. At most 1440.',
  })
  freeMinutes!: number;

  @Field(() => TariffIncrementInput, { description: 'The price of every started period.' })
  increment!: TariffIncrementInput;

  @Field(() => Decimal, {
    nullable: true,
    description: 'The most that any 24 hours, counted from the entry, can cost: "20.00". Left out: no limit.',
  })
  dailyCap?: string | null;

  @Field(() => Int, {
    defaultValue: 15,
    description:
      'How many minutes after a payment the driver may take to leave without paying more. At most 240.',
  })
  exitGraceMinutes!: number;

  @Field(() => Decimal, {
    nullable: true,
    description: 'The tax that the prices contain, in percent: "21" or "7.7". Left out: no tax is shown.',
  })
  taxPercent?: string | null;
}
