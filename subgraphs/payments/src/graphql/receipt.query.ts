import type { RequestContext } from '@plaza/platform/graphql/context';
import { requireScope } from '@plaza/platform/viewer';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { PaymentsLoaders } from './loaders.js';
import { Receipt } from './payment.type.js';

@Resolver()
export class ReceiptQuery {
  constructor(private readonly load: PaymentsLoaders) {}

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @Query(() => Receipt, {
    nullable: true,
    description:
      'A receipt. The QR code on paper ends with its id ("plaza:receipt:2026-000042:…"): what is answered here is what was issued.',
  })
  receipt(
    @Arg('id', () => ID, { description: 'The id of the receipt.' }) id: string,
    @Ctx() context: RequestContext,
  ) {
    requireScope(context.viewer, 'payments:read');
    return this.load.receipt(context, id);
  }
}
