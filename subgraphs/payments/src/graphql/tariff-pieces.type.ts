import { Decimal } from '@plaza/platform/graphql/scalars';
import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { type TariffRules, UNSAID } from '../domain/tariff/tariff-rules.js';
import { CapSpanEnum, GraceChargeEnum, RoundingModeEnum, RoundingScopeEnum } from './tariff.enums.js';

@InputType('TariffCapSpansInput', {
  description: 'Which spans a cap is for, counted from that of the entry.',
})
@ObjectType({ description: 'Which spans a cap is for, counted from that of the entry.' })
export class TariffCapSpans {
  @Field(() => Int, { description: 'The n-th span: 1 is the one of the entry.' })
  nth!: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True: each n-th; a cap of "0" for each 7th HOURS_24 makes every seventh day free.',
  })
  repeating!: boolean;
}

@InputType('TariffCapInput', { description: 'The most that a span of time can cost.' })
@ObjectType({ description: 'The most that a span of time can cost.' })
export class TariffCap {
  @Field(() => Decimal, { description: 'The most, in the currency of the tariff: "20.00".' })
  amount!: string;

  @Field(() => CapSpanEnum, { description: 'The span of time.' })
  per!: TariffRules['caps'][number]['per'];

  @Field(() => [String], {
    defaultValue: [],
    description: 'Only what the bands of these names charge counts; empty: all.',
  })
  bands!: string[];

  @Field(() => TariffCapSpans, { nullable: true, description: 'Only for some spans; left out: for each.' })
  only?: TariffCapSpans | null;
}

@InputType('TariffGracesInput', { description: 'Minutes that cost nothing.' })
@ObjectType({ description: 'Minutes that cost nothing.' })
export class TariffGraces {
  @Field(() => Int, {
    defaultValue: UNSAID.graces.entry,
    description: 'Leave within so many minutes of entering and pay nothing. At most 1440.',
  })
  entry!: number;

  @Field(() => GraceChargeEnum, {
    defaultValue: UNSAID.graces.beyondEntry,
    description: 'From when a stay is charged that was longer than `entry`.',
  })
  beyondEntry!: TariffRules['graces']['beyondEntry'];

  @Field(() => Int, {
    defaultValue: UNSAID.graces.end,
    description: 'So many minutes at the end of a stay are not counted. At most 240.',
  })
  end!: number;

  @Field(() => Int, {
    defaultValue: UNSAID.graces.exit,
    description:
      'How many minutes after a payment the driver may take to leave without paying more. At most 240.',
  })
  exit!: number;

  @Field(() => Int, {
    defaultValue: UNSAID.graces.reentry,
    description:
      'A vehicle that comes back within so many minutes goes on with its stay: steps, caps and free minutes do not begin ' +
      'again. At most 1440.',
  })
  reentry!: number;
}

@InputType('TariffFeesInput', { description: 'Amounts that do not depend on time.' })
@ObjectType({ description: 'Amounts that do not depend on time.' })
export class TariffFees {
  @Field(() => Decimal, { defaultValue: '0', description: 'Once for each stay that costs anything.' })
  start!: string;

  @Field(() => Decimal, {
    defaultValue: '0',
    description: 'What time, start and items cost at least, where they cost anything.',
  })
  minimum!: string;

  @Field(() => Decimal, { nullable: true, description: 'What they cost at most; left out: no limit.' })
  maximum?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Asked instead of the price of time when the ticket is lost; left out: the price of time.',
  })
  lostTicket?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'For a booking that nobody came for; left out: nothing.',
  })
  noShow?: string | null;
}

@InputType('TariffOverstayInput', {
  description: 'What staying too long costs on top: either `factor`, or `minutes` and `price`.',
})
@ObjectType({
  description: 'What staying too long costs on top: either `factor`, or `minutes` and `price`.',
})
export class TariffOverstay {
  @Field(() => Int, { description: 'The maximum stay in minutes.' })
  after!: number;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'So many minutes beyond it are forgiven; who exceeds them pays from the maximum on.',
  })
  grace!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Time beyond costs so many times its price: 2 is twice.',
  })
  factor?: number | null;

  @Field(() => Int, { nullable: true, description: 'The length of a started period beyond, in minutes.' })
  minutes?: number | null;

  @Field(() => Decimal, { nullable: true, description: 'What each started period beyond costs on top.' })
  price?: string | null;
}

@InputType('TariffDemandLevelInput', { description: 'From how full a place prices change.' })
@ObjectType({ description: 'From how full a place prices change.' })
export class TariffDemandLevel {
  @Field(() => Float, { description: 'The share of occupied places, 0 to 1, from which on it counts.' })
  from!: number;

  @Field(() => Float, { description: 'Prices are multiplied by this.' })
  factor!: number;
}

@InputType('TariffDemandInput', {
  description: 'Prices by how full the location was when the vehicle entered; fixed at the entry.',
})
@ObjectType({
  description: 'Prices by how full the location was when the vehicle entered; fixed at the entry.',
})
export class TariffDemand {
  @Field(() => [TariffDemandLevel], {
    description: 'The highest level reached counts; below all, prices are as listed.',
  })
  levels!: TariffDemandLevel[];

  @Field(() => Decimal, { nullable: true, description: 'No price of a step falls below this by it.' })
  floor?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'No price of a step rises above this by it.' })
  ceiling?: string | null;
}

@InputType('TariffItemInput', { description: 'Something sold beside time: energy, a car wash.' })
@ObjectType({ description: 'Something sold beside time: energy, a car wash.' })
export class TariffItem {
  @Field(() => String, { description: 'Unique in the tariff: "EV_ENERGY".' })
  code!: string;

  @Field(() => String, { description: 'What drivers read on the receipt.' })
  name!: string;

  @Field(() => String, { description: 'What a quantity counts: "kWh", "minute", "piece".' })
  unit!: string;

  @Field(() => Decimal, { description: 'The price of one unit.' })
  price!: string;

  @Field(() => Float, {
    defaultValue: 0,
    description: 'A quantity is rounded up to a multiple of this; 0: it is taken as it is.',
  })
  step!: number;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Its own tax in percent; left out: that of the tariff.',
  })
  taxPercent?: string | null;
}

@InputType('TariffTaxInput', { description: 'The tax of the prices.' })
@ObjectType({ description: 'The tax of the prices.' })
export class TariffTax {
  @Field(() => Decimal, { description: 'In percent, at most 3 decimals: "21" or "7.7".' })
  percent!: string;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'True: the prices contain it. False: it comes on top.',
  })
  included!: boolean;
}

@InputType('TariffRoundingInput', { description: 'How amounts are rounded.' })
@ObjectType({ description: 'How amounts are rounded.' })
export class TariffRounding {
  @Field(() => RoundingModeEnum, { defaultValue: UNSAID.rounding.mode, description: 'Which way.' })
  mode!: TariffRules['rounding']['mode'];

  @Field(() => Int, {
    defaultValue: UNSAID.rounding.unit,
    description: 'Amounts become multiples of so many minor units: 5 is five cents.',
  })
  unit!: number;

  @Field(() => RoundingScopeEnum, { defaultValue: UNSAID.rounding.per, description: 'What is rounded.' })
  per!: TariffRules['rounding']['per'];

  @Field(() => Int, {
    defaultValue: UNSAID.rounding.cashUnit,
    description:
      'What is paid in cash is rounded, half up, to a multiple of so many minor units: 5 without one-cent coins.',
  })
  cashUnit!: number;
}
