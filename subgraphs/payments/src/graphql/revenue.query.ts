import { badUserInput, notFound } from '@plaza/platform/errors';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { readWholeRevenue, type RevenueGrouping } from '../database/revenue.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { Location } from './entities.type.js';
import type { PaymentsLoaders } from './loaders.js';
import { RevenueGroupingEnum, RevenueReport, type RevenueReportRow } from './revenue.type.js';
import { DAY } from '../domain/tariff/local-time.js';

const LONG = 8000;
const MOST_DAYS: Record<RevenueGrouping, number> = {
  HOUR: 62,
  DAY: 800,
  WEEK: LONG,
  MONTH: LONG,
  METHOD: LONG,
  TARIFF: LONG,
  LOCATION: LONG,
};

const [FROM, TO, BY] = [
  'The beginning of the period.',
  'The end of the period, excluded.',
  'How to cut it into pieces.',
];

@Resolver(() => Location)
export class RevenueOfLocationResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @Directive('@requiresScopes(scopes: [["reports:read"]])')
  @FieldResolver(() => RevenueReport, { description: 'What the location earned, from the ledger.' })
  async revenue(
    @Root() { id }: Location,
    @Arg('from', () => DateTime, { description: FROM }) from: Date,
    @Arg('to', () => DateTime, { description: TO }) to: Date,
    @Arg('by', () => RevenueGroupingEnum, { defaultValue: 'DAY', description: BY }) by: RevenueGrouping,
    @Ctx() context: RequestContext,
  ): Promise<RevenueReportRow> {
    requireScope(context.viewer, 'reports:read');
    checkPeriod(from, to, by);
    const rows = await this.load.revenue(context, { locationId: id, from, to, by });
    const [first] = rows ?? [];
    if (!rows || !first) throw notFound('The location');
    // a location that took nothing has one row of nothing
    return {
      from,
      to,
      by,
      currencyCode: first.currencyCode,
      rows: rows.filter(({ amount }) => amount !== null),
    };
  }
}

@Resolver()
export class RevenueQuery {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["reports:read"]])')
  @Query(() => [RevenueReport], {
    description:
      'What all locations that the viewer sees earned together, from the ledger: a report for each currency. Cut by time, ' +
      'every location counts by its own clock; where clocks differ, their days are pieces of their own.',
  })
  async revenue(
    @Arg('from', () => DateTime, { description: FROM }) from: Date,
    @Arg('to', () => DateTime, { description: TO }) to: Date,
    @Arg('by', () => RevenueGroupingEnum, { defaultValue: 'LOCATION', description: BY }) by: RevenueGrouping,
    @Ctx() { viewer: caller }: RequestContext,
  ): Promise<RevenueReportRow[]> {
    const viewer = requireScope(caller, 'reports:read');
    checkPeriod(from, to, by);
    const found = await this.deps.database.read(viewer, (tx) => readWholeRevenue(tx, { from, to, by }));
    const byCurrency = Map.groupBy(found, ({ currencyCode }) => currencyCode);
    return [...byCurrency].map(([currencyCode, rows]) => ({ from, to, by, currencyCode, rows }));
  }
}

function checkPeriod(from: Date, to: Date, by: RevenueGrouping): void {
  if (to <= from) throw badUserInput('to', 'The period ends before it begins.');
  if (to.getTime() - from.getTime() > MOST_DAYS[by] * DAY) {
    throw badUserInput('to', `A report by ${by} covers ${MOST_DAYS[by]} days at most.`);
  }
}
