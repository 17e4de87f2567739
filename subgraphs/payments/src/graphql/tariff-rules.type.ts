import { CurrencyCode } from '@plaza/platform/graphql/scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { type TariffRules, UNSAID } from '../domain/tariff/tariff-rules.js';
import { TariffBand } from './tariff-band.type.js';
import { NewVersionPolicyEnum, OverlapEnum } from './tariff.enums.js';
import {
  TariffCap,
  TariffDemand,
  TariffFees,
  TariffGraces,
  TariffItem,
  TariffOverstay,
  TariffRounding,
  TariffTax,
} from './tariff-pieces.type.js';

@InputType('TariffInput', {
  description:
    'The rules of a tariff: what the sign at the entrance says. Only `currencyCode` and one band are needed; docs/tariffs.md ' +
    'shows how signs are written as rules.',
})
@ObjectType('TariffRules', {
  description:
    'The rules of a tariff, in the shape that publishTariff takes them: what is read can be published again.',
})
export class TariffInput {
  @Field(() => CurrencyCode, { description: 'The currency of all its prices: that of the location.' })
  currencyCode!: string;

  @Field(() => [TariffBand], { description: 'What time costs and when. Time in no band costs nothing.' })
  bands!: TariffBand[];

  @Field(() => OverlapEnum, {
    defaultValue: UNSAID.overlap,
    description: 'What counts where several bands apply at once.',
  })
  overlap!: TariffRules['overlap'];

  @Field(() => [TariffCap], { defaultValue: [], description: 'At most so much in a span of time.' })
  caps!: TariffCap[];

  @Field(() => TariffGraces, { nullable: true, description: 'Minutes that cost nothing.' })
  graces?: TariffGraces | null;

  @Field(() => TariffFees, { nullable: true, description: 'Amounts that do not depend on time.' })
  fees?: TariffFees | null;

  @Field(() => TariffOverstay, { nullable: true, description: 'Left out: a stay may last for ever.' })
  overstay?: TariffOverstay | null;

  @Field(() => TariffDemand, {
    nullable: true,
    description: 'Left out: prices are the same however full it is.',
  })
  demand?: TariffDemand | null;

  @Field(() => [TariffItem], { defaultValue: [], description: 'What is sold beside time.' })
  items!: TariffItem[];

  @Field(() => TariffTax, { nullable: true, description: 'Left out: no tax is shown.' })
  tax?: TariffTax | null;

  @Field(() => TariffRounding, { nullable: true, description: 'How amounts are rounded.' })
  rounding?: TariffRounding | null;

  @Field(() => [String], {
    defaultValue: [],
    description: 'The dates that count as HOLIDAY: "2026-12-25". The day before each counts as HOLIDAY_EVE.',
  })
  holidays!: string[];

  @Field(() => NewVersionPolicyEnum, {
    defaultValue: UNSAID.onNewVersion,
    description: 'What a stay costs that is under way when the next version of the tariff begins.',
  })
  onNewVersion!: TariffRules['onNewVersion'];
}
