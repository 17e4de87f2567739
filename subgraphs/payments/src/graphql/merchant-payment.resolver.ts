import { type Connection, ConnectionArgs, pageOf, toConnection } from '@plaza/platform/graphql/connection';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { requireScope } from '@plaza/platform/viewer';
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { MerchantRow } from '../database/merchant.entity.js';
import type { MerchantPaymentRow } from '../database/merchant-payment.entity.js';
import { countMerchantPayments, readMerchantPaymentPage } from '../database/merchant-payment.queries.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import type { MerchantLoaders } from './merchant-loaders.js';
import { MerchantPayment, MerchantPaymentConnection } from './merchant-payment.type.js';
import { Merchant } from './merchant.type.js';

@Resolver(() => MerchantPayment)
export class MerchantPaymentResolver {
  constructor(private readonly load: MerchantLoaders) {}

  @FieldResolver(() => Merchant, { description: 'Who paid.' })
  merchant(@Root() { merchantId }: MerchantPaymentRow, @Ctx() context: RequestContext) {
    return this.load.merchant(context, merchantId);
  }

  @FieldResolver(() => Money, { description: 'How much.' })
  amount(@Root() { amount, currencyCode }: MerchantPaymentRow): Money {
    return money(amount, currencyCode);
  }
}

@Resolver(() => Merchant)
export class PaymentsOfMerchantResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @FieldResolver(() => MerchantPaymentConnection, {
    description: 'What it has paid of what it owed, newest first.',
  })
  async payments(
    @Root() { id }: MerchantRow,
    @Args() args: ConnectionArgs,
    @Ctx() { viewer: caller }: RequestContext,
  ): Promise<Connection<MerchantPaymentRow>> {
    const viewer = requireScope(caller, 'payments:read');
    const page = pageOf(args);
    const { database } = this.deps;
    const rows = await database.read(viewer, (tx) => readMerchantPaymentPage(tx, id, page));
    return toConnection(rows, page, () => database.read(viewer, (tx) => countMerchantPayments(tx, id)));
  }
}
