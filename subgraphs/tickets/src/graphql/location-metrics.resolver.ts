import type { RequestContext } from '@plaza/platform/graphql/context';
import { Ctx, Directive, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import type { HourOfArrivals } from '../database/traffic.queries.js';
import type { TicketsLoaders } from './loaders.js';
import { HourOfArrivalsType, LocationMetricsType } from './location-metrics.type.js';

@Resolver(() => LocationMetricsType)
export class LocationMetricsResolver {
  constructor(private readonly load: TicketsLoaders) {}

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Entries in the last 60 minutes, without void tickets; null without tickets:read.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  async entriesLastHour(@Ctx() context: RequestContext, @Root() { id }: LocationMetricsType) {
    return (await this.load.traffic(context, id))?.entriesLastHour;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Exits in the last 60 minutes; null without tickets:read.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  async exitsLastHour(@Ctx() context: RequestContext, @Root() { id }: LocationMetricsType) {
    return (await this.load.traffic(context, id))?.exitsLastHour;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'How long the stays took that ended in the last 24 hours, in minutes to a tenth; null when none did.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  async averageStayMinutes(@Ctx() context: RequestContext, @Root() { id }: LocationMetricsType) {
    return (await this.load.traffic(context, id))?.averageStayMinutes;
  }

  @FieldResolver(() => [HourOfArrivalsType], {
    nullable: true,
    description:
      'The last 24 hours on the location’s clock, the present one included, the earliest first; null without tickets:read.',
  })
  @Directive('@requiresScopes(scopes: [["tickets:read"]])')
  arrivalsPerHour(
    @Ctx() context: RequestContext,
    @Root() { id }: LocationMetricsType,
  ): Promise<HourOfArrivals[] | null> {
    return this.load.arrivals(context, id);
  }
}
