import type { RequestContext } from '@plaza/platform/graphql/context';
import { readableTypes } from '@plaza/platform/events/readable-types';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Directive, Resolver, Subscription } from 'type-graphql';
import { EventBatch } from './event.type.js';

/** What the gateway hands over: the batch itself as it took it from the log, its instants as text. */
export type EventBatchReference = EventBatch;

/**
 * Makes the payload of a batch. Nothing is read: the gateway has read the log once for everybody. What the viewer may not
 * read is left out here too.
 */
export function eventBatch(batch: EventBatchReference, context: RequestContext): EventBatch {
  const types: readonly string[] | null = readableTypes(requireScope(context.viewer, 'events:read'));
  return types ? { ...batch, events: batch.events.filter(({ type }) => types.includes(type)) } : batch;
}

@Resolver()
export class EventsSubscription {
  @Directive('@requiresScopes(scopes: [["events:read"]])')
  @Directive('@eventSource(kind: "BATCH", typesFrom: "types")')
  @Subscription(() => EventBatch, {
    topics: 'events',
    description:
      'The event log as it grows, in order and none left out: first everything since `after`, then what is new as it happens.',
  })
  events(
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last batch or event seen; without it, only what happens from now on.',
    })
    _after: string | null,
    @Arg('types', () => [String], {
      nullable: true,
      description: 'Only events of these types; without it, of all that you may read.',
    })
    _types: string[] | null,
  ): EventBatch {
    throw new Error('Subscriptions are executed by the gateway.');
  }
}
