import { connectionType } from '@plaza/platform/graphql/connection';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum DeliveryStatus {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
}
registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'How far a delivery has come.',
  valuesConfig: {
    PENDING: { description: 'It will be attempted (again) at nextAttemptAt.' },
    DELIVERED: { description: 'The receiver answered with a status from 200 to 299.' },
    FAILED: {
      description: 'The last attempt failed, or the receiver answered 410. `redeliver` sends it again.',
    },
  },
});

export enum DeliveryFailure {
  TIMEOUT = 'TIMEOUT',
  CONNECTION_FAILED = 'CONNECTION_FAILED',
  ADDRESS_NOT_ALLOWED = 'ADDRESS_NOT_ALLOWED',
  TLS_FAILED = 'TLS_FAILED',
}
registerEnumType(DeliveryFailure, {
  name: 'DeliveryFailure',
  description: 'Why an attempt got no answer.',
  valuesConfig: {
    TIMEOUT: {
      description: 'The receiver did not answer in time (15 seconds unless the server is set otherwise).',
    },
    CONNECTION_FAILED: { description: 'No connection was possible, or it broke.' },
    ADDRESS_NOT_ALLOWED: {
      description: 'The host’s name leads to an address that is not on the public internet.',
    },
    TLS_FAILED: { description: 'The receiver’s certificate is not valid.' },
  },
});

@ObjectType('DeliveryAttempt', { description: 'One request that was made to deliver an event.' })
export class DeliveryAttemptType {
  @Field(() => Int, { description: 'The number of the attempt: 1 is the first.' })
  number!: number;

  @Field(() => DateTime, { description: 'When the request was made.' })
  startedAt!: Date;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status of the answer; null when there was none.',
  })
  responseStatus!: number | null;

  @Field(() => DeliveryFailure, {
    nullable: true,
    description: 'Why there was no answer; null when there was one.',
  })
  failure!: string | null;
}

@ObjectType('WebhookDelivery', {
  description: 'One event on its way to one endpoint. Deliveries are kept for 30 days after they end.',
})
export class DeliveryType {
  @Field(() => ID, { description: 'The id of the delivery.' })
  id!: string;

  @Field(() => ID, { description: 'The event; also the webhook-id header.' })
  eventId!: string;

  @Field({ description: 'The type of the event.' })
  eventType!: string;

  @Field(() => DeliveryStatus, { description: 'How far it has come.' })
  status!: 'PENDING' | 'DELIVERED' | 'FAILED';

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the next attempt is due; null when there is none.',
  })
  nextAttemptAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status of the latest answer; null when there was none.',
  })
  responseStatus!: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The delivery that this one repeats on request; null for the event’s own.',
  })
  redeliveryOf!: string | null;

  @Field(() => DateTime, { description: 'When the delivery was made out.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was delivered or failed; null before.' })
  finishedAt!: Date | null;

  endpointId!: string;
}

export const DeliveryConnection = connectionType(DeliveryType, 'WebhookDelivery');
