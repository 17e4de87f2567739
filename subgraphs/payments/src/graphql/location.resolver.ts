import { badUserInput, notFound } from '@plaza/platform/errors';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RevenueGrouping } from '../database/revenue.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { Location } from './entities.type.js';
import { RevenueGroupingEnum } from './enums.js';
import type { PaymentsLoaders } from './loaders.js';
import { RevenueReport, type RevenueReportRow } from './revenue.type.js';
import { Tariff } from './tariff.type.js';

const DAY = 86_400_000;
const MOST_DAYS: Record<RevenueGrouping, number> = { HOUR: 62, DAY: 800, METHOD: 8000 };

@Resolver(() => Location)
export class LocationResolver {
  constructor(
    private readonly deps: PaymentsDeps,
    private readonly load: PaymentsLoaders,
  ) {}

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @FieldResolver(() => Tariff, {
    nullable: true,
    description:
      'The version of the tariff in force. Null: there is none, and a stay that begins now is free of charge; its quote has ' +
      'the one line NO_TARIFF.',
  })
  tariff(
    @Root() { id: locationId }: Location,
    @Arg('at', () => DateTime, { nullable: true, description: 'In force at this instant; now unless told.' })
    at: Date | null,
    @Ctx() context: RequestContext,
  ) {
    requireScope(context.viewer, 'tariffs:read');
    return this.load.tariffInForce(context, locationId, at ?? this.deps.clock.now());
  }

  @Directive('@requiresScopes(scopes: [["reports:read"]])')
  @FieldResolver(() => RevenueReport, { description: 'What the location earned, from the ledger.' })
  async revenue(
    @Root() { id }: Location,
    @Arg('from', () => DateTime, { description: 'The beginning of the period.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'The end of the period, excluded.' }) to: Date,
    @Arg('by', () => RevenueGroupingEnum, { defaultValue: 'DAY', description: 'How to cut it into pieces.' })
    by: RevenueGrouping,
    @Ctx() context: RequestContext,
  ): Promise<RevenueReportRow> {
    requireScope(context.viewer, 'reports:read');
    if (to <= from) throw badUserInput('to', 'The period ends before it begins.');
    if (to.getTime() - from.getTime() > MOST_DAYS[by] * DAY) {
      throw badUserInput('to', `A report by ${by} covers ${MOST_DAYS[by]} days at most.`);
    }
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
