import { Decimal } from '@plaza/platform/graphql/scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { DayKind, TariffRules } from '../domain/tariff/tariff-rules.js';
import { BandEndEnum, DayKindEnum, RestartEnum } from './tariff.enums.js';

const WINDOW =
  'A time of the local day, again and again. An end at or before its beginning lies on the next day.';

@InputType('TariffWindowInput', { description: WINDOW })
@ObjectType({ description: WINDOW })
export class TariffWindow {
  @Field(() => [DayKindEnum], {
    defaultValue: [],
    description: 'The days on which it begins; empty: every day.',
  })
  days!: DayKind[];

  @Field(() => String, { description: 'On the clock of the location: "08:00".' })
  from!: string;

  @Field(() => String, { description: 'The end, excluded: "20:00"; midnight is "24:00".' })
  to!: string;
}

@InputType('TariffStepInput', { description: 'A part of the price list of a band.' })
@ObjectType({ description: 'A part of the price list of a band.' })
export class TariffStep {
  @Field(() => Int, {
    nullable: true,
    description:
      'Where the step ends, in minutes charged by the band since its steps began; left out: never. Only the last step may ' +
      'leave it out.',
  })
  upTo?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The length of a period in minutes; left out: the price is asked once, for the whole step.',
  })
  minutes?: number | null;

  @Field(() => Decimal, { description: 'The price of a period, in the currency of the tariff: "0.50".' })
  price!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True: time is charged in proportion. False: every started period costs its whole price.',
  })
  prorated!: boolean;
}

@InputType('TariffBandInput', { description: 'A price list for some of the time.' })
@ObjectType({ description: 'A price list for some of the time.' })
export class TariffBand {
  @Field(() => String, {
    defaultValue: 'Parking',
    description: 'What the sign and the receipt call it, 1 to 60 characters, unique in the tariff.',
  })
  name!: string;

  @Field(() => [TariffWindow], { defaultValue: [], description: 'When it applies; empty: always.' })
  windows!: TariffWindow[];

  @Field(() => [TariffWindow], {
    defaultValue: [],
    description: 'Only for stays that begin in one of these, as an early bird’s; empty: for all.',
  })
  entered!: TariffWindow[];

  @Field(() => [TariffStep], {
    description:
      'What its time costs, by how long the band has charged the stay. Time beyond the last step costs nothing.',
  })
  steps!: TariffStep[];

  @Field(() => RestartEnum, { defaultValue: 'NEVER', description: 'When the steps begin anew.' })
  restart!: TariffRules['bands'][number]['restart'];

  @Field(() => BandEndEnum, {
    defaultValue: 'CUT',
    description: 'What becomes of a started period when the band ends.',
  })
  atEnd!: TariffRules['bands'][number]['atEnd'];
}
