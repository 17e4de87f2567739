import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import { type Connection, ConnectionArgs, pageOf, toConnection } from '@plaza/platform/graphql/connection';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { DeliveryAttemptRow, DeliveryRow } from '../database/delivery.entity.js';
import type { PartnerRow } from '../database/partner.entity.js';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { countEndpoints, listEndpoints } from '../database/webhook-endpoint.queries.js';
import { DeliveryAttemptType, DeliveryConnection, DeliveryStatus, DeliveryType } from './delivery.type.js';
import type { PartnersLoaders } from './loaders.js';
import { PartnerType } from './partner.type.js';
import { WebhookEndpointConnection, WebhookEndpointType } from './webhook-endpoint.type.js';

@Resolver(() => WebhookEndpointType)
export class WebhookEndpointResolver {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly load: PartnersLoaders,
  ) {}

  @Query(() => WebhookEndpointType, {
    nullable: true,
    description: 'A webhook endpoint by its id; null when there is none.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  webhookEndpoint(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The id of the endpoint.' }) id: string,
  ): Promise<WebhookEndpointRow | null> | null {
    requireScope(context.viewer, 'webhooks:read');
    return isId(id) ? this.load.endpoint(context, id) : null;
  }

  @Query(() => WebhookEndpointConnection, {
    description: 'The webhook endpoints, in the order in which they were made.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  async webhookEndpoints(
    @Ctx() context: RequestContext,
    @Args() args: ConnectionArgs,
  ): Promise<Connection<WebhookEndpointRow>> {
    const viewer = requireScope(context.viewer, 'webhooks:read');
    const page = pageOf(args);
    const rows = await this.database.read(viewer, (tx) => listEndpoints(tx, page));
    return toConnection(rows, page, () => this.database.read(viewer, countEndpoints));
  }

  @FieldResolver(() => PartnerType, {
    nullable: true,
    description: 'The partner who is told; null for your own.',
  })
  @Directive('@requiresScopes(scopes: [["partners:read"]])')
  partner(
    @Ctx() context: RequestContext,
    @Root() { partnerId }: WebhookEndpointRow,
  ): Promise<PartnerRow | null> | null {
    return partnerId ? this.load.partner(context, partnerId) : null;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description:
      'The public keys (whpk_...) that verify the v1a signatures, the newest first; two while a secret is being rotated. Null without webhooks:read.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  async publicKeys(@Ctx() context: RequestContext, @Root() { id }: WebhookEndpointRow): Promise<string[]> {
    const secrets = await this.load.validSecrets(context, id, this.clock.now());
    return secrets.map(({ publicKey }) => publicKey);
  }

  @FieldResolver(() => DeliveryConnection, {
    nullable: true,
    description: 'What was and will be sent, the newest first; null without webhooks:read.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  deliveries(
    @Ctx() context: RequestContext,
    @Root() { id }: WebhookEndpointRow,
    @Args() args: ConnectionArgs,
    @Arg('status', () => DeliveryStatus, { nullable: true, description: 'Only those that have come so far.' })
    status?: DeliveryStatus | null,
  ): Promise<Connection<DeliveryRow>> {
    return this.load.deliveriesOfEndpoint(context, id, pageOf(args), status ?? null);
  }
}

@Resolver(() => DeliveryType)
export class DeliveryResolver {
  constructor(private readonly load: PartnersLoaders) {}

  @Query(() => DeliveryType, {
    nullable: true,
    description: 'A delivery by its id; null when there is none.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  webhookDelivery(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The id of the delivery.' }) id: string,
  ): Promise<DeliveryRow | null> | null {
    requireScope(context.viewer, 'webhooks:read');
    return isId(id) ? this.load.delivery(context, id) : null;
  }

  @FieldResolver(() => WebhookEndpointType, {
    nullable: true,
    description: 'Where it is sent; null without webhooks:read.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  endpoint(
    @Ctx() context: RequestContext,
    @Root() { endpointId }: DeliveryRow,
  ): Promise<WebhookEndpointRow | null> {
    return this.load.endpoint(context, endpointId);
  }

  @FieldResolver(() => Int, { description: 'How many attempts have been begun.' })
  attemptCount(@Root() { attempts }: DeliveryRow): number {
    return attempts;
  }

  @FieldResolver(() => [DeliveryAttemptType], {
    nullable: true,
    description: 'The attempts that have ended, the first one first; null without webhooks:read.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  attempts(@Ctx() context: RequestContext, @Root() { id }: DeliveryRow): Promise<DeliveryAttemptRow[]> {
    return this.load.attemptsOfDelivery(context, id);
  }
}
