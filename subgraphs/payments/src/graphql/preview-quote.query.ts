import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Arg, Ctx, Directive, Field, Float, InputType, Query, Resolver } from 'type-graphql';
import type { VehicleKind } from '../domain/stay.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { previewQuote } from '../use-cases/preview-quote.js';
import type { QuoteOfTicket } from '../use-cases/record-exit.js';
import { VehicleKindEnum } from './enums.js';
import { Quote } from './quote.type.js';
import { TariffInput } from './tariff-rules.type.js';

@InputType({ description: 'How much of something beside time is bought.' })
export class BoughtItemInput {
  @Field(() => String, { description: 'The code of an item of the tariff.' })
  code!: string;

  @Field(() => Float, { description: 'How much, in the unit of the item.' })
  quantity!: number;
}

@InputType({ description: 'What is supposed of a stay beside its times.' })
export class SupposedStayInput {
  @Field(() => Float, {
    nullable: true,
    description: 'The share of places that are occupied at the entry, 0 to 1; left out: prices as listed.',
  })
  occupancy?: number | null;

  @Field(() => [BoughtItemInput], { defaultValue: [], description: 'What is bought beside time.' })
  items!: BoughtItemInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'The ticket is lost.' })
  lost!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'A booking that nobody comes for.' })
  noShow!: boolean;
}

@Resolver()
export class PreviewQuoteQuery {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @Query(() => Quote, { description: 'What a stay would cost under a tariff, published or not.' })
  previewQuote(
    @Arg('tariff', () => TariffInput, { description: 'The rules to try.' }) tariff: TariffInput,
    @Arg('enteredAt', () => DateTime, { description: 'When the stay begins.' }) enteredAt: Date,
    @Arg('exitedAt', () => DateTime, { description: 'When it ends, at most 100 days later.' }) exitedAt: Date,
    @Arg('vehicleKind', () => VehicleKindEnum, {
      nullable: true,
      description:
        'As what the vehicle enters. A location has one tariff for all kinds: the quote is the same.',
    })
    vehicleKind: VehicleKind | null,
    @Arg('timeZone', () => String, {
      nullable: true,
      description:
        'The IANA time zone in which the tariff’s hours and days are read: "Europe/London"; UTC unless told.',
    })
    timeZone: string | null,
    @Arg('stay', () => SupposedStayInput, {
      nullable: true,
      description: 'What else is supposed of the stay.',
    })
    stay: SupposedStayInput | null,
    @Ctx() { viewer }: RequestContext,
  ): QuoteOfTicket {
    const input = { tariff, enteredAt, exitedAt, vehicleKind, timeZone, stay };
    return previewQuote({ ...this.deps, viewer }, input);
  }
}
