import type { Database } from '@plaza/platform/database/database';
import { type Connection, ConnectionArgs, pageOf, toConnection } from '@plaza/platform/graphql/connection';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ApiKeyRow } from '../database/api-key.entity.js';
import type { PartnerRow } from '../database/partner.entity.js';
import { countPartners, listPartners } from '../database/partner.queries.js';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { ApiKeyType } from './api-key.type.js';
import type { PartnersLoaders } from './loaders.js';
import { PartnerConnection, PartnerType } from './partner.type.js';
import { WebhookEndpointType } from './webhook-endpoint.type.js';

@Resolver(() => PartnerType)
export class PartnerResolver {
  constructor(
    private readonly database: Database,
    private readonly load: PartnersLoaders,
  ) {}

  @Query(() => PartnerType, { nullable: true, description: 'A partner by its id; null when there is none.' })
  @Directive('@requiresScopes(scopes: [["partners:read"]])')
  partner(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The id of the partner.' }) id: string,
  ): Promise<PartnerRow | null> | null {
    requireScope(context.viewer, 'partners:read');
    return isId(id) ? this.load.partner(context, id) : null;
  }

  @Query(() => PartnerConnection, { description: 'The partners, in the order in which they were added.' })
  @Directive('@requiresScopes(scopes: [["partners:read"]])')
  async partners(
    @Ctx() context: RequestContext,
    @Args() args: ConnectionArgs,
  ): Promise<Connection<PartnerRow>> {
    const viewer = requireScope(context.viewer, 'partners:read');
    const page = pageOf(args);
    const rows = await this.database.read(viewer, (tx) => listPartners(tx, page));
    return toConnection(rows, page, () => this.database.read(viewer, countPartners));
  }

  @FieldResolver(() => [ApiKeyType], { description: 'Its keys, the oldest first, revoked ones too.' })
  apiKeys(@Ctx() context: RequestContext, @Root() { id }: PartnerRow): Promise<ApiKeyRow[]> {
    return this.load.apiKeysOfPartner(context, id);
  }

  @FieldResolver(() => [WebhookEndpointType], {
    nullable: true,
    description: 'Where it is told what happens, the oldest first; null without webhooks:read.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  webhookEndpoints(
    @Ctx() context: RequestContext,
    @Root() { id }: PartnerRow,
  ): Promise<WebhookEndpointRow[]> {
    return this.load.endpointsOfPartner(context, id);
  }
}

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  constructor(private readonly load: PartnersLoaders) {}

  @FieldResolver(() => PartnerType, {
    nullable: true,
    description: 'The partner whose key it is; null without partners:read.',
  })
  @Directive('@requiresScopes(scopes: [["partners:read"]])')
  partner(@Ctx() context: RequestContext, @Root() { partnerId }: ApiKeyRow): Promise<PartnerRow | null> {
    return this.load.partner(context, partnerId);
  }
}
