import type { FetchNode, SubscriptionNode } from '@apollo/query-planner';
import { notFound, unauthenticated } from '@plaza/platform/errors';
import { openCursor } from '@plaza/platform/events/cursor';
import type { EventFeed } from '@plaza/platform/events/feed';
import { isId } from '@plaza/platform/ids';
import type { Secrets } from '@plaza/platform/secrets';
import type { Logger } from '@plaza/platform/server/logger';
import { maskError } from '@plaza/platform/server/mask-error';
import type { Viewer } from '@plaza/platform/viewer';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Executor, OperationRequest } from '../execution/executor.js';
import type { CallContext, SubgraphSource } from '../execution/subgraph-source.js';
import type { Graph } from '../graph/graph.js';
import { PreparedOperation, type Operations } from '../graph/prepare.js';
import { eventSourcesOf, type EventSource } from './event-sources.js';
import { eventStream } from './event-stream.js';
import { Frames } from './frames.js';
import { KnownLocations } from './known-locations.js';
import { liveStream, LONGEST_THROTTLE_MS, USUAL_THROTTLE_MS } from './live-stream.js';
import { PrimaryFetch } from './primary-fetch.js';

export interface FederatedSubscriptionsOptions {
  graph: Graph;
  operations: Operations;
  executor: Executor;
  sources: Record<string, SubgraphSource>;
  feed: EventFeed;
  /** Seals the cursors. */
  secrets: Secrets;
  logger: Logger;
}

/** A subscription for one viewer, ready to follow the log. */
interface Subscription {
  source: EventSource;
  frames: Frames;
  args: Record<string, unknown>;
  viewer: Viewer;
}

/**
 * Runs subscriptions over the federated graph. The event log is the source; for each event the owning subgraph is asked
 * for the payload, and the rest of the query plan for what other subgraphs add to it.
 */
export class FederatedSubscriptions {
  private readonly eventSources: Map<string, EventSource>;
  private readonly primaries = new WeakMap<FetchNode, PrimaryFetch>();
  private readonly locations: KnownLocations;

  /** Throws when a subscription of the graph does not say where its events come from. */
  constructor(private readonly options: FederatedSubscriptionsOptions) {
    this.eventSources = eventSourcesOf(options.graph.supergraph);
    this.locations = new KnownLocations(options.graph, options.executor);
  }

  /** A stream of frames, or the errors that keep it from beginning. Never rejects; the stream's errors may be shown. */
  async subscribe(
    request: OperationRequest,
    context: CallContext,
  ): Promise<AsyncGenerator<ExecutionResult, void> | { errors: readonly GraphQLError[] }> {
    try {
      const prepared = this.options.operations.prepare(request.document, request.operationName);
      if (!(prepared instanceof PreparedOperation)) return { errors: prepared };
      const { values, errors } = this.options.executor.variablesOf(prepared, request.variables ?? {});
      if (errors) return { errors };
      const { plan, errors: refused } = prepared.permissionFor(context.viewer);
      if (plan?.kind !== 'Subscription')
        return { errors: refused.length > 0 ? refused : [NOTHING_TO_FOLLOW] };
      const subscription = this.begin(prepared, plan, values, context, refused);
      return await (subscription.source.kind === 'LIVE'
        ? this.live(subscription)
        : this.events(subscription));
    } catch (error) {
      const { message, extensions } = maskError(error, this.options.logger, context.requestId);
      return { errors: [new GraphQLError(message, { extensions: extensions ?? null })] };
    }
  }

  private begin(
    prepared: PreparedOperation,
    plan: SubscriptionNode,
    variables: Record<string, unknown>,
    context: CallContext,
    errors: readonly GraphQLError[],
  ): Subscription {
    const { graph, executor, sources, logger } = this.options;
    if (!context.viewer) throw unauthenticated();
    const primary = this.primaries.get(plan.primary) ?? new PrimaryFetch(plan.primary);
    this.primaries.set(plan.primary, primary);
    const source = this.eventSources.get(primary.fieldName);
    const subgraph = sources[primary.subgraph];
    if (!source || !subgraph) throw new Error(`Nothing answers the subscription ${primary.fieldName}.`);
    const frames = new Frames({
      supergraph: graph.supergraph,
      executor,
      source: subgraph,
      logger,
      prepared,
      primary,
      payloadType: source.payloadType,
      rest: plan.rest,
      variables,
      context,
      errors,
    });
    return { source, frames, args: primary.argumentsOf(graph.schema, variables), viewer: context.viewer };
  }

  private async events({ source, frames, args, viewer }: Subscription) {
    const { feed, secrets } = this.options;
    const { tenantId } = viewer;
    const asked = this.locationOf(source, args, viewer);
    if (asked && !(await this.locations.isKnown(viewer, asked))) throw notFound('The location');
    const head = await feed.head(tenantId);
    const filter = { types: source.types, locationId: asked ?? null };
    const after =
      typeof args.after === 'string'
        ? openCursor(secrets, args.after, { tenantId, filter }, head)
        : head.position;
    const locationIds = asked ? [asked] : viewer.locationIds;
    const follower = feed.follow({ tenantId, types: source.types, locationIds, after });
    return eventStream(follower, frames, secrets, tenantId, filter);
  }

  private async live({ source, frames, args, viewer }: Subscription) {
    const { feed } = this.options;
    const { tenantId } = viewer;
    const missing = notFound(`The ${source.payloadType.toLowerCase()}`);
    const asked = this.locationOf(source, args, viewer);
    const id = args[source.entity ?? ''];
    if (typeof id !== 'string' || !isId(id)) throw missing;
    // the log's end before the state is read: a change between the two is told again rather than missed
    const { position } = await feed.head(tenantId);
    const locationIds = asked ? [asked] : viewer.locationIds;
    const follower = feed.follow({ tenantId, types: source.types, locationIds, after: position });
    try {
      const [first] = await frames.of([{ id }]);
      if (!first) throw missing;
      const throttleMs = typeof args.throttleMs === 'number' ? args.throttleMs : USUAL_THROTTLE_MS;
      return liveStream(first, follower, frames, { id }, Math.min(throttleMs, LONGEST_THROTTLE_MS));
    } catch (error) {
      await follower.return();
      throw error;
    }
  }

  /** The location that the client asks for, if any. Throws NOT_FOUND for one that the viewer may not see. */
  private locationOf(source: EventSource, args: Record<string, unknown>, viewer: Viewer): string | undefined {
    const asked = source.location === undefined ? undefined : args[source.location];
    if (typeof asked !== 'string') return undefined;
    const id = asked.toLowerCase();
    if (!isId(id) || (viewer.locationIds && !viewer.locationIds.includes(id))) throw notFound('The location');
    return id;
  }
}

const NOTHING_TO_FOLLOW = new GraphQLError('This operation subscribes to nothing.', {
  extensions: { code: 'BAD_USER_INPUT' },
});
