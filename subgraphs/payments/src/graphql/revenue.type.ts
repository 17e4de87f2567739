import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { RevenueGrouping, RevenueRow } from '../database/revenue.queries.js';
import type { PaymentMethod } from '../domain/payment.js';
import { PaymentMethodEnum, RevenueGroupingEnum } from './enums.js';

@ObjectType({ description: 'One piece of a revenue report.' })
export class RevenueGroup {
  @Field(() => DateTime, {
    nullable: true,
    description: 'Where the piece begins; null when it is cut by METHOD.',
  })
  from!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Where it ends, excluded; null when it is cut by METHOD.',
  })
  to!: Date | null;

  @Field(() => PaymentMethodEnum, {
    nullable: true,
    description: 'The method; null unless it is cut by METHOD.',
  })
  method!: PaymentMethod | null;

  @Field(() => Int, { description: 'How many payments were taken.' })
  payments!: number;

  @Field(() => Int, { description: 'How many refunds were given.' })
  refunds!: number;
}

/** A report as it is resolved: rows of one location, in minor units. */
export interface RevenueReportRow {
  from: Date;
  to: Date;
  by: RevenueGrouping;
  currencyCode: string;
  rows: RevenueRow[];
}

@ObjectType({
  description:
    'What a location earned in a period, from the ledger. Pieces in which nothing happened are left out.',
})
export class RevenueReport {
  @Field(() => DateTime, { description: 'The beginning of the period.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The end of the period, excluded.' })
  to!: Date;

  @Field(() => RevenueGroupingEnum, { description: 'How the period is cut into pieces.' })
  by!: RevenueGrouping;
}
