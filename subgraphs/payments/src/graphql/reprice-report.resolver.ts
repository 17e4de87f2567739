import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { DateTime } from '@plaza/platform/graphql/scalars';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { RepriceReportRow } from '../database/reprice-report.entity.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { showRepriceReport, startRepriceReport } from '../use-cases/reprice-report.js';
import { Location } from './entities.type.js';
import { TariffInput } from './tariff-rules.type.js';

@InputType({ description: 'A past period and the tariff to try on it.' })
export class RepriceReportInput {
  @Field(() => ID, { description: 'The location.' })
  locationId!: string;

  @Field(() => DateTime, { description: 'Stays that ended from this instant on.' })
  from!: Date;

  @Field(() => DateTime, { description: 'And before this one. At most 800 days.' })
  to!: Date;

  @Field(() => TariffInput, { description: 'The rules to try.' })
  tariff!: TariffInput;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({
  description:
    'What the stays that ended in a period would have cost under another tariff. It is reckoned in the background: ask again ' +
    'until `finishedAt` is there; meanwhile the figures are those of the stays priced so far.',
})
export class RepriceReport {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => Int, { description: 'How many stays the period has.' })
  stays!: number;

  @Field(() => Int, { description: 'How many of them are priced so far.' })
  priced!: number;

  @Field(() => Int, { description: 'How many would have cost more.' })
  dearer!: number;

  @Field(() => Int, { description: 'How many would have cost less.' })
  cheaper!: number;

  @Field(() => DateTime, { nullable: true, description: 'When the last stay was priced; null: it goes on.' })
  finishedAt!: Date | null;
}

@Resolver(() => RepriceReport)
export class RepriceReportResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:read", "reports:read"]])')
  @Mutation(() => RepriceReport, {
    description: 'Begins to price a past period by another tariff; nothing is charged and nothing published.',
  })
  startRepriceReport(
    @Arg('input', () => RepriceReportInput, { description: 'The period and the tariff.' })
    input: RepriceReportInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RepriceReportRow> {
    return startRepriceReport({ ...this.deps, viewer }, input);
  }

  @Directive('@requiresScopes(scopes: [["reports:read"]])')
  @Query(() => RepriceReport, { nullable: true, description: 'A report, as far as it is reckoned.' })
  repriceReport(
    @Arg('id', () => ID, { description: 'What startRepriceReport answered.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RepriceReportRow | null> {
    return showRepriceReport({ ...this.deps, viewer }, id);
  }

  @FieldResolver(() => Location, { description: 'The location.' })
  location(@Root() { locationId }: RepriceReportRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => DateTime, { description: 'Stays that ended from this instant on.' })
  from(@Root() { periodFrom }: RepriceReportRow): Date {
    return periodFrom;
  }

  @FieldResolver(() => DateTime, { description: 'And before this one.' })
  to(@Root() { periodTo }: RepriceReportRow): Date {
    return periodTo;
  }

  @FieldResolver(() => Money, {
    description:
      'What the stays cost by their own tariff, discounts taken off, whatever was paid or given back.',
  })
  charged(@Root() { charged, currencyCode }: RepriceReportRow): Money {
    return money(charged, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'What they would have cost by this one.' })
  wouldCharge(@Root() { wouldCharge, currencyCode }: RepriceReportRow): Money {
    return money(wouldCharge, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'wouldCharge less charged.' })
  difference(@Root() { charged, wouldCharge, currencyCode }: RepriceReportRow): Money {
    return money(wouldCharge - charged, currencyCode);
  }
}
