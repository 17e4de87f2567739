import { connectionType } from '@plaza/platform/graphql/connection';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum WebhookEndpointStatus {
  ENABLED = 'ENABLED',
  DISABLED = 'DISABLED',
}
registerEnumType(WebhookEndpointStatus, {
  name: 'WebhookEndpointStatus',
  description: 'Whether an endpoint is sent anything.',
  valuesConfig: {
    ENABLED: { description: 'Events are sent as they happen.' },
    DISABLED: { description: 'Nothing is sent, and new events are not kept for it.' },
  },
});

export enum WebhookDisabledReason {
  BY_REQUEST = 'BY_REQUEST',
  GONE = 'GONE',
  FAILING = 'FAILING',
}
registerEnumType(WebhookDisabledReason, {
  name: 'WebhookDisabledReason',
  description: 'Why an endpoint is disabled.',
  valuesConfig: {
    BY_REQUEST: { description: 'Somebody disabled it with updateWebhookEndpoint.' },
    GONE: { description: 'The receiver answered 410 Gone: it wants nothing more.' },
    FAILING: { description: 'For days every attempt has failed.' },
  },
});

@ObjectType('WebhookEndpoint', {
  description: 'A URL that is told what happens, by HTTP requests that are signed by Standard Webhooks.',
})
export class WebhookEndpointType {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  id!: string;

  @Field({ description: 'Where the requests go.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'What the endpoint is for.' })
  description!: string | null;

  @Field(() => [String], { description: 'The types of events that are sent, such as "ticket.entered".' })
  eventTypes!: string[];

  @Field(() => [ID], {
    nullable: true,
    description:
      'The only locations whose events are sent: those that the endpoint’s maker could reach. Null: all of them.',
  })
  locationIds!: string[] | null;

  @Field(() => WebhookEndpointStatus, { description: 'Whether anything is sent.' })
  status!: 'ENABLED' | 'DISABLED';

  @Field(() => WebhookDisabledReason, {
    nullable: true,
    description: 'Why nothing is sent; null while it is.',
  })
  disabledReason!: 'BY_REQUEST' | 'GONE' | 'FAILING' | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when nothing is sent; null while it is.' })
  disabledAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when every attempt has failed; null when the last one succeeded.',
  })
  failingSince!: Date | null;

  @Field(() => DateTime, { description: 'When the endpoint was made.' })
  createdAt!: Date;

  partnerId!: string | null;
}

export const WebhookEndpointConnection = connectionType(WebhookEndpointType, 'WebhookEndpoint');
