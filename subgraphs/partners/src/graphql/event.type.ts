import { PageInfo } from '@plaza/platform/graphql/connection';
import { DateTime, JSONObject } from '@plaza/platform/graphql/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('EventType', { description: 'A type of event, with the contract of its data.' })
export class EventTypeType {
  @Field({ description: 'The name to subscribe to, such as "ticket.entered".' })
  name!: string;

  @Field(() => Int, { description: 'Raised when a reader of the data has to change.' })
  version!: number;

  @Field({ description: 'What has happened when such an event is told.' })
  description!: string;

  @Field({
    description:
      'The scope that one needs to be told of such events, beside events:read for reading the log or webhooks:write for making an endpoint.',
  })
  readableWith!: string;

  @Field(() => JSONObject, {
    description: 'JSON Schema (2020-12) of `data`. New fields may come: ignore those you do not know.',
  })
  schema!: object;

  @Field(() => JSONObject, { description: 'An example of `data`.' })
  example!: object;
}

@ObjectType('EventSubject', { description: 'What an event is about.' })
export class EventSubject {
  @Field({ description: 'The type of the entity, such as "Ticket".' })
  type!: string;

  @Field(() => ID, { description: 'The id of the entity.' })
  id!: string;
}

@ObjectType('Event', { description: 'Something that happened, as webhooks and subscriptions tell it.' })
export class EventRecord {
  @Field(() => ID, { description: 'The id of the event; also the webhook-id of its deliveries.' })
  id!: string;

  @Field(() => Int, {
    description:
      'Its number in the organization’s log: 1, 2, 3... without a gap. A jump means that types were left out.',
  })
  position!: number;

  @Field({ description: 'The type, such as "ticket.entered"; eventTypes lists them.' })
  type!: string;

  @Field(() => Int, { description: 'The version of the contract of its data.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field(() => DateTime, {
    description: 'When it was recorded; later than it happened for what an offline gate reports.',
  })
  recordedAt!: Date;

  @Field(() => ID, {
    nullable: true,
    description: 'The location where it happened; null when it belongs to none.',
  })
  locationId!: string | null;

  @Field(() => JSONObject, { description: 'What the type’s schema describes.' })
  data!: object;
}

@ObjectType('EventEdge', { description: 'An event and its place in the log.' })
export class EventEdge {
  @Field(() => EventRecord, { description: 'The event.' })
  node!: EventRecord;

  @Field({ description: 'Its place: pass it as `after`, here or to a subscription, to go on behind it.' })
  cursor!: string;
}

@ObjectType('EventConnection', {
  description: 'A stretch of the event log, the oldest event first: the types that you may read.',
})
export class EventConnection {
  @Field(() => [EventEdge], { description: 'The events with a cursor for each.' })
  edges!: EventEdge[];

  @Field(() => [EventRecord], { description: 'The events without cursors.' })
  nodes!: EventRecord[];

  @Field(() => PageInfo, {
    description:
      'Where the stretch stands in the log. endCursor is the place up to which was looked, even when nothing matched: keep it to ask again later.',
  })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many events are kept in the whole log, of whatever type.' })
  totalCount!: number;
}

@Directive('@key(fields: "cursor")')
@ObjectType('EventBatch', { description: 'Some events of the log, in its order: those that came together.' })
export class EventBatch {
  @Field(() => [EventRecord], {
    description: 'The events. Empty when there is nothing new and only the place in the log is told.',
  })
  events!: EventRecord[];

  @Field({
    description: 'The place behind these events: pass it as `after`, here or to the query, to go on.',
  })
  cursor!: string;

  @Field({
    description:
      'Whether this was the end of the log at that moment; false while older events are caught up with.',
  })
  caughtUp!: boolean;
}
