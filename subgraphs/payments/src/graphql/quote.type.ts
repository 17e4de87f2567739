import { DateTime, Decimal } from '@plaza/platform/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';
import type { ChargeRule } from '../domain/tariff/charge-line.js';
import { ChargeRuleEnum } from './tariff.enums.js';

@ObjectType({ description: 'One line of a quote: a rule of the tariff, applied to part of the stay.' })
export class QuoteLine {
  @Field(() => ChargeRuleEnum, { description: 'The rule that was applied.' })
  rule!: ChargeRule;

  @Field(() => DateTime, { description: 'Where the part of the stay begins.' })
  from!: Date;

  @Field(() => DateTime, { description: 'Where it ends.' })
  to!: Date;

  @Field(() => Decimal, {
    description:
      'How many periods, days or units are charged; with at most six decimals where time is charged in proportion, and 0 for ' +
      'time that a flat price asked before is for.',
  })
  quantity!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What the tariff calls it: the band, the item, the discount. Null where it needs no name.',
  })
  name!: string | null;
}

@ObjectType({
  description: 'What a stay costs up to an instant, what was paid and what is still due, line by line.',
})
export class Quote {
  @Field(() => DateTime, {
    nullable: true,
    description:
      'The last instant at which `due` is known to be still this amount; null: it does not change.',
  })
  validUntil!: Date | null;
}
