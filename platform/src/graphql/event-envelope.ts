import { Field, ID, InterfaceType } from 'type-graphql';
import { DateTime } from './scalars.js';

@InterfaceType({
  description: 'What every event has, whatever it is about. Resume a subscription with `after: cursor`.',
  autoRegisterImplementations: false,
})
export abstract class EventEnvelope {
  @Field(() => ID, { description: 'The event. Deliveries may repeat: drop an id that was seen before.' })
  eventId!: string;

  @Field({ description: 'The type of the event, such as "ticket.entered".' })
  type!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field({ description: 'The place in the stream: pass it as `after` to get everything since.' })
  cursor!: string;
}

/** What the gateway hands to a payload's reference resolver: the envelope and the entity that the event is about. */
export interface EventReference {
  eventId: string;
  type: string;
  occurredAt: string;
  cursor: string;
  subjectId: string;
}
