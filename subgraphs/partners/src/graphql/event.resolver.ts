import { EVENT_TYPES, type EventType } from '@plaza/platform/events/catalogue';
import { type StoredEvent } from '@plaza/platform/events/read';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { requireViewer } from '@plaza/platform/viewer';
import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { type EventPage, listEvents } from '../use-cases/list-events.js';
import { EventConnection, EventRecord, EventSubject, EventTypeType } from './event.type.js';
import type { StoryContext } from './story-context.js';

@Resolver(() => EventRecord)
export class EventResolver {
  constructor(private readonly on: StoryContext) {}

  @Query(() => [EventTypeType], {
    description: 'Every type of event there is, with the contract of its data.',
  })
  @Directive('@authenticated')
  eventTypes(@Ctx() context: RequestContext): readonly EventType[] {
    requireViewer(context.viewer);
    return EVENT_TYPES;
  }

  @Query(() => EventConnection, {
    description:
      'What happened, the oldest first: begin where you left off with `after`, and go on until hasNextPage is false. A page may be shorter than asked for, or empty, and still have a next one.',
  })
  @Directive('@requiresScopes(scopes: [["events:read"]])')
  events(
    @Ctx() context: RequestContext,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Only what came after this cursor; without it, from the beginning of the log.',
    })
    after?: string | null,
    @Arg('types', () => [String], {
      nullable: true,
      description:
        'Only events of these types; without it, of all that you may read (see eventTypes.readableWith).',
    })
    types?: string[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many; at most 200, 50 unless told.' })
    first?: number | null,
  ): Promise<EventPage> {
    return listEvents(this.on(context), { after, types, first });
  }

  @FieldResolver(() => EventSubject, { description: 'What it is about.' })
  subject(@Root() { subjectType, subjectId }: StoredEvent): EventSubject {
    return { type: subjectType, id: subjectId };
  }
}
