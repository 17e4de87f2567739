import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { VehicleKind } from '../domain/stay.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { previewQuote } from '../use-cases/preview-quote.js';
import type { QuoteOfTicket } from '../use-cases/record-exit.js';
import { VehicleKindEnum } from './enums.js';
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
    @Arg('vehicleKind', () => VehicleKindEnum, {
      nullable: true,
      description:
        'As what the vehicle enters, where the tariff tells kinds apart. No tariff does yet: the quote is the same for all.',
    })
    vehicleKind: VehicleKind | null,
    @Arg('timeZone', () => String, {
      nullable: true,
      description:
        'The IANA time zone in which the tariff’s hours and days are read: "Europe/London"; UTC unless told. Tariffs ' +
        'charge elapsed time and days of 24 hours from the entry for now, so no zone changes the quote yet.',
    })
    timeZone: string | null,
    @Ctx() { viewer }: RequestContext,
  ): QuoteOfTicket {
    return previewQuote({ ...this.deps, viewer }, { tariff, enteredAt, exitedAt, vehicleKind, timeZone });
  }
}
