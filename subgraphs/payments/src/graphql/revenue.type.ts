import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { REVENUE_GROUPINGS, type RevenueGrouping, type RevenueRow } from '../database/revenue.queries.js';
import type { PaymentMethod } from '../domain/payment.js';
import { enumOf } from './enum-of.js';
import { PaymentMethodEnum } from './enums.js';

export const RevenueGroupingEnum = enumOf(
  'RevenueGrouping',
  REVENUE_GROUPINGS,
  'How a revenue report is cut.',
  {
    HOUR: 'By the hour, on the clock of the location. At most 62 days at once.',
    DAY: 'By the day, on the calendar of the location. At most 800 days at once.',
    WEEK: 'By the week from Monday on, on the calendar of the location.',
    MONTH: 'By the month, on the calendar of the location.',
    METHOD: 'By the method of payment.',
    TARIFF: 'By the version of the tariff that priced the stay.',
    LOCATION: 'By the location.',
  },
);

@ObjectType({ description: 'One piece of a revenue report.' })
export class RevenueGroup {
  @Field(() => DateTime, {
    nullable: true,
    description: 'Where the piece begins; null unless it is cut by time.',
  })
  from!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Where it ends, excluded; null unless it is cut by time.',
  })
  to!: Date | null;

  @Field(() => PaymentMethodEnum, {
    nullable: true,
    description:
      'The method. Null unless it is cut by METHOD, and there for the piece of what merchants owe: no driver paid it.',
  })
  method!: PaymentMethod | null;

  @Field(() => Int, { description: 'How many payments were taken.' })
  payments!: number;

  @Field(() => Int, { description: 'How many refunds were given.' })
  refunds!: number;
}

/** A report as it is resolved: rows in one currency, in minor units. */
export interface RevenueReportRow {
  from: Date;
  to: Date;
  by: RevenueGrouping;
  currencyCode: string;
  rows: RevenueRow[];
}

@ObjectType({
  description:
    'What was earned in a period, from the ledger, in one currency. Pieces in which nothing happened are left out.',
})
export class RevenueReport {
  @Field(() => DateTime, { description: 'The beginning of the period.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The end of the period, excluded.' })
  to!: Date;

  @Field(() => RevenueGroupingEnum, { description: 'How the period is cut into pieces.' })
  by!: RevenueGrouping;
}
