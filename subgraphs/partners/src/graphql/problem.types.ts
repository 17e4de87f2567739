import { Problem } from '@plaza/platform/graphql/problem';
import { Field, ID, ObjectType } from 'type-graphql';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { WebhookEndpointType } from './webhook-endpoint.type.js';

@ObjectType('PartnerNameTaken', {
  implements: Problem,
  description: 'There is a partner with this name already; upper and lower case do not matter.',
})
export class PartnerNameTakenType extends Problem {}

@ObjectType('ScopesNotGranted', {
  implements: Problem,
  description: 'A key can only have scopes that its maker has.',
})
export class ScopesNotGrantedType extends Problem {
  @Field(() => [String], { description: 'The scopes that the maker lacks.' })
  scopes!: string[];
}

@ObjectType('LocationsNotGranted', {
  implements: Problem,
  description: 'A key can only reach locations that its maker can reach.',
})
export class LocationsNotGrantedType extends Problem {
  @Field(() => [ID], { description: 'The locations that the maker can not reach.' })
  locationIds!: string[];
}

@ObjectType('UrlNotAllowed', {
  implements: Problem,
  description:
    'Webhooks can not be sent to this URL: it must begin with https:// and name a host on the public internet. The message says what is wrong.',
})
export class UrlNotAllowedType extends Problem {}

@ObjectType('WebhookEndpointDisabled', {
  implements: Problem,
  description: 'Nothing is sent to an endpoint that is disabled: enable it first with updateWebhookEndpoint.',
})
export class WebhookEndpointDisabledType extends Problem {
  @Field(() => WebhookEndpointType, { description: 'The endpoint, with why it is disabled.' })
  endpoint!: WebhookEndpointRow;
}
