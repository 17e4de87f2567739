import { setTimeout as sleep } from 'node:timers/promises';
import type { FetchNode, SubscriptionNode } from '@apollo/query-planner';
import { unauthenticated } from '@plaza/platform/errors';
import type { EventFeed } from '@plaza/platform/events/feed';
import type { Secrets } from '@plaza/platform/secrets';
import type { Logger } from '@plaza/platform/server/logger';
import { maskError } from '@plaza/platform/server/mask-error';
import type { Viewer } from '@plaza/platform/viewer';
import { GraphQLError } from 'graphql';
import type { Executor, OperationRequest } from '../execution/executor.js';
import type { CallContext, SubgraphSource } from '../execution/subgraph-source.js';
import type { Graph } from '../graph/graph.js';
import { PreparedOperation, type Operations } from '../graph/prepare.js';
import { eventSourcesOf, type EventSource } from './event-sources.js';
import { Frames } from './frames.js';
import { KnownThings } from './known-things.js';
import { STALLED_MS, type Outlet } from './outlet.js';
import { PrimaryFetch } from './primary-fetch.js';
import { Quota, type SubscriptionQuotas } from './quota.js';
import { Followed } from './shared/followed.js';
import { sharingKey } from './shared/scope-of-sharing.js';
import type { Subscription } from './subscription.js';

export interface FederatedSubscriptionsOptions {
  graph: Graph;
  operations: Operations;
  executor: Executor;
  sources: Record<string, SubgraphSource>;
  feed: EventFeed;
  /** Seals the cursors. */
  secrets: Secrets;
  logger: Logger;
  quotas: SubscriptionQuotas;
  /** The least time between two frames of a live state, where the client names none, in milliseconds. */
  throttleMs: number;
  /** How long a subgraph that doesn't answer is asked, before its subscribers are sent away to resume later. */
  patienceMs?: number;
  /** How long a subscriber may take nothing of what waits for it, before it is sent away to resume later. */
  stalledMs?: number;
}

const USUAL_PATIENCE_MS = 30_000;

/** What a subscriber gets: something to end it with, or the errors that keep it from beginning. */
export type Begun = { stop: () => void } | { errors: readonly GraphQLError[] };

/**
 * Runs subscriptions over the federated graph. The event log is the source; for each event the owning subgraph is asked
 * for the payload, and the rest of the query plan for what other subgraphs add to it. Subscriptions that are identical
 * are executed once.
 */
export class FederatedSubscriptions {
  private readonly eventSources: Map<string, EventSource>;
  private readonly primaries = new WeakMap<FetchNode, PrimaryFetch>();
  private readonly quota: Quota;
  private readonly followed: Followed;

  /** Throws when a subscription of the graph does not say where its events come from. */
  constructor(private readonly options: FederatedSubscriptionsOptions) {
    this.eventSources = eventSourcesOf(options.graph.supergraph);
    this.quota = new Quota(options.quotas);
    const known = new KnownThings(options.graph, options.executor);
    this.followed = new Followed({ ...options, known, stalledMs: options.stalledMs ?? STALLED_MS });
  }

  /** How many subscriptions are open, and how many executions serve them. */
  get counts(): { subscriptions: number; executions: number } {
    return { subscriptions: this.quota.total, executions: this.followed.size };
  }

  /** Sends `outlet` the frames of a subscription, from now or from where it resumes. Never rejects. */
  async subscribe(request: OperationRequest, context: CallContext, outlet: Outlet): Promise<Begun> {
    let giveBack: (() => void) | undefined;
    try {
      const prepared = this.options.operations.prepare(request.document, request.operationName);
      if (!(prepared instanceof PreparedOperation)) return { errors: prepared };
      const { values, errors } = this.options.executor.variablesOf(prepared, request.variables ?? {});
      if (errors) return { errors };
      const { plan, errors: refused } = prepared.permissionFor(context.viewer);
      if (plan?.kind !== 'Subscription')
        return { errors: refused.length > 0 ? refused : [NOTHING_TO_FOLLOW] };
      // @skip and @include may have left nothing
      if (prepared.shapeFor(values).fields.length === 0) return { errors: [NOTHING_TO_FOLLOW] };
      const { viewer } = context;
      if (!viewer) throw unauthenticated();
      giveBack = this.quota.take(viewer);
      const subscription = this.describe(prepared, plan, values, { ...context, viewer }, refused);
      const leave = await this.followed.join(subscription, outlet);
      const end = giveBack;
      return {
        stop: () => {
          leave();
          end();
        },
      };
    } catch (error) {
      giveBack?.();
      const { message, extensions } = maskError(error, this.options.logger, context.requestId);
      return { errors: [new GraphQLError(message, { extensions: extensions ?? null })] };
    }
  }

  private describe(
    prepared: PreparedOperation,
    plan: SubscriptionNode,
    variables: Record<string, unknown>,
    context: CallContext & { viewer: Viewer },
    errors: readonly GraphQLError[],
  ): Subscription {
    const { graph, executor, sources, logger } = this.options;
    const { viewer } = context;
    const primary = this.primaries.get(plan.primary) ?? new PrimaryFetch(plan.primary);
    this.primaries.set(plan.primary, primary);
    const source = this.eventSources.get(primary.fieldName);
    const subgraph = sources[primary.subgraph];
    if (!source || !subgraph) throw new Error(`Nothing answers the subscription ${primary.fieldName}.`);
    const args = primary.argumentsOf(graph.schema, variables);
    return {
      key: sharingKey(prepared, plan, variables, viewer),
      source,
      viewer,
      args,
      frames: () =>
        new Frames({
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
          patienceMs: this.options.patienceMs ?? USUAL_PATIENCE_MS,
          readable: () => this.readable(viewer.tenantId),
        }),
    };
  }

  private async readable(tenantId: string): Promise<void> {
    for (;;) {
      try {
        await this.options.feed.head(tenantId);
        return;
      } catch {
        await sleep(ASK_AGAIN_MS);
      }
    }
  }
}

const ASK_AGAIN_MS = 250;

const NOTHING_TO_FOLLOW = new GraphQLError('This operation subscribes to nothing.', {
  extensions: { code: 'BAD_USER_INPUT' },
});
