import type { RequestContext } from '@plaza/platform/graphql/context';
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { PolicyInForce } from '../database/refund-policy.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { showRefundPolicy } from '../use-cases/show-refund-policy.js';
import { Location } from './entities.type.js';
import { RefundPolicy } from './refund-policy.type.js';

@Resolver(() => RefundPolicy)
export class RefundPolicyResolver {
  @FieldResolver(() => Location, {
    nullable: true,
    description: 'The location that it was set for; null: for all of the organization.',
  })
  location(@Root() { locationId }: PolicyInForce): Location | null {
    return locationId ? { id: locationId } : null;
  }
}

@Resolver()
export class RefundPolicyQuery {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @Query(() => RefundPolicy, { description: 'The refund policy that is in force.' })
  refundPolicy(
    @Arg('locationId', () => ID, {
      nullable: true,
      description: 'At this location; for locations without one of their own unless told.',
    })
    locationId: string | null,
    @Ctx() { viewer }: RequestContext,
  ): Promise<PolicyInForce> {
    return showRefundPolicy({ ...this.deps, viewer }, locationId);
  }
}
