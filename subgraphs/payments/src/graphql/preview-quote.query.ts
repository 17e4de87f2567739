import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { PaymentsDeps } from '../use-cases/context.js';
import { previewQuote } from '../use-cases/preview-quote.js';
import type { QuoteOfTicket } from '../use-cases/record-exit.js';
import { Quote } from './quote.type.js';
import { TariffInput } from './tariff.type.js';

@Resolver()
export class PreviewQuoteQuery {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @Query(() => Quote, { description: 'What a stay would cost under a tariff, published or not.' })
  previewQuote(
    @Arg('tariff', () => TariffInput, { description: 'The rules to try.' }) tariff: TariffInput,
    @Arg('enteredAt', () => DateTime, { description: 'When the stay begins.' }) enteredAt: Date,
    @Arg('exitedAt', () => DateTime, { description: 'When it ends.' }) exitedAt: Date,
    @Ctx() { viewer }: RequestContext,
  ): QuoteOfTicket {
    return previewQuote({ ...this.deps, viewer }, { tariff, enteredAt, exitedAt });
  }
}
