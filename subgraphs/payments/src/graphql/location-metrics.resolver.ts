import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { requireScope } from '@plaza/platform/viewer';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { LocationMetrics } from './entities.type.js';
import type { PaymentsLoaders } from './loaders.js';

@Resolver(() => LocationMetrics)
export class LocationMetricsResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'Payments less refunds since midnight on the location’s clock, tax included; null without reports:read.',
  })
  @Directive('@requiresScopes(scopes: [["reports:read"]])')
  async revenueToday(@Ctx() context: RequestContext, @Root() { id }: LocationMetrics): Promise<Money | null> {
    requireScope(context.viewer, 'reports:read');
    const today = await this.load.revenueToday(context, id);
    return today && money(today.amount, today.currencyCode);
  }
}
