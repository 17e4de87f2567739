import type { RequestContext } from '@plaza/platform/graphql/context';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  Float,
  ID,
  Int,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Occupancy } from '../domain/occupancy.js';
import type { SpacesLoaders } from './loaders.js';
import { LocationMetricsType, type MetricsOf } from './location-metrics.type.js';
import { LocationType } from './location.type.js';

@Resolver(() => LocationType)
export class MetricsOfLocationResolver {
  @FieldResolver(() => LocationMetricsType, {
    description: 'What goes on there: how full it is, who came and went, what was earned today.',
  })
  metrics(@Root() { id }: MetricsOf): MetricsOf {
    return { id };
  }
}

@Resolver(() => LocationMetricsType)
export class LocationMetricsResolver {
  constructor(private readonly load: SpacesLoaders) {}

  @FieldResolver(() => Int)
  async occupied(@Ctx() context: RequestContext, @Root() metrics: MetricsOf) {
    return (await this.occupancy(context, metrics))?.occupied;
  }

  @FieldResolver(() => Int)
  async available(@Ctx() context: RequestContext, @Root() metrics: MetricsOf) {
    return (await this.occupancy(context, metrics))?.available;
  }

  @FieldResolver(() => Float)
  async utilization(@Ctx() context: RequestContext, @Root() metrics: MetricsOf) {
    return (await this.occupancy(context, metrics))?.utilization;
  }

  @FieldResolver(() => Date)
  async asOf(@Ctx() context: RequestContext, @Root() metrics: MetricsOf) {
    return (await this.occupancy(context, metrics))?.asOf;
  }

  @Subscription(() => LocationMetricsType, {
    topics: 'locationMetrics',
    description:
      'The figures of a location whenever one of them may have changed, and once a minute: first as they are now, then the newest.',
  })
  @Directive('@requiresScopes(scopes: [["locations:read"]])')
  @Directive(
    '@eventSource(types: ["space.added", "space.occupied", "space.freed", "space.taken_out_of_service", "space.returned_to_service", "ticket.entered", "ticket.closed", "payment.succeeded", "payment.refunded"], kind: "LIVE", location: "locationId", entity: "locationId", everySeconds: 60)',
  )
  locationMetrics(
    @Arg('locationId', () => ID, { description: 'The location to watch.' }) _locationId: string,
    @Arg('throttleMs', () => Int, {
      nullable: true,
      description: 'At most one state in so many milliseconds; what comes between is skipped.',
    })
    _throttleMs?: number | null,
  ): LocationMetricsType {
    throw new Error('Subscriptions are executed by the gateway.');
  }

  private occupancy(context: RequestContext, { id }: MetricsOf): Promise<Occupancy | null> {
    return this.load.occupancy(context, id);
  }
}
