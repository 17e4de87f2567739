import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime, Decimal } from '@plaza/platform/graphql/scalars';
import { Arg, Ctx, Directive, Field, Float, InputType, Int, Query, Resolver } from 'type-graphql';
import type { VehicleKind } from '../domain/stay.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { previewQuote } from '../use-cases/preview-quote.js';
import { PreviewWork } from '../use-cases/preview-quote-work.js';
import type { QuoteOfTicket } from '../use-cases/record-exit.js';
import { VehicleKindEnum } from './enums.js';
import { Quote } from './quote.type.js';
import { TariffWindow } from './tariff-band.type.js';
import { TariffInput } from './tariff-rules.type.js';

@InputType({ description: 'How much of something beside time is bought.' })
export class BoughtItemInput {
  @Field(() => String, { description: 'The code of an item of the tariff.' })
  code!: string;

  @Field(() => Float, { description: 'How much, in the unit of the item: 0 to 1000000.' })
  quantity!: number;
}

@InputType({ description: 'A permit for some hours, as residents and staff have one.' })
export class SupposedPermitInput {
  @Field(() => [TariffWindow], {
    defaultValue: [],
    description: 'In these hours of the local day nothing is charged, at most 20; empty: always.',
  })
  windows!: TariffWindow[];
}

@InputType({
  description: 'What is taken off the price: exactly one of `percent`, `amount` and `freeMinutes`.',
})
export class SupposedDiscountInput {
  @Field(() => String, { defaultValue: 'Discount', description: 'What the driver reads: "Cinema".' })
  name!: string;

  @Field(() => Decimal, {
    nullable: true,
    description: 'So many percent of what the time costs, 0 to 100 with at most 3 decimals: "50".',
  })
  percent?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'An amount in the currency of the tariff: "2.00".' })
  amount?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'So many minutes at the beginning of the stay, 1 to 525600.',
  })
  freeMinutes?: number | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'The most that it takes off, in the currency of the tariff; left out: no limit.',
  })
  most?: string | null;
}

@InputType({ description: 'Some time in which the vehicle was outside while its stay went on.' })
export class SupposedAbsenceInput {
  @Field(() => DateTime, { description: 'When it left.' })
  from!: Date;

  @Field(() => DateTime, {
    description: 'When it was back: at most `graces.reentry` minutes of the tariff later.',
  })
  to!: Date;
}

@InputType({ description: 'What is supposed of a stay beside its times.' })
export class SupposedStayInput {
  @Field(() => Float, {
    nullable: true,
    description: 'The share of places that are occupied at the entry, 0 to 1; left out: prices as listed.',
  })
  occupancy?: number | null;

  @Field(() => [BoughtItemInput], {
    defaultValue: [],
    description: 'What is bought beside time, at most 20 entries.',
  })
  items!: BoughtItemInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'The ticket is lost.' })
  lost!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'A booking that nobody comes for.' })
  noShow!: boolean;

  @Field(() => SupposedPermitInput, {
    nullable: true,
    description: 'The vehicle has a permit; `{}` is one for all hours. Left out: it has none.',
  })
  permit?: SupposedPermitInput | null;

  @Field(() => [SupposedDiscountInput], {
    defaultValue: [],
    description:
      'What is taken off, as by merchants, at most 20 entries. In whatever order they are given, free minutes come first, then ' +
      'percentages, then amounts, each off what the ones before it left.',
  })
  discounts!: SupposedDiscountInput[];

  @Field(() => [SupposedAbsenceInput], {
    defaultValue: [],
    description:
      'When the vehicle was outside in between, in the order of time, at most 20 entries. The quote is that of the whole ' +
      'stay; the time outside costs nothing.',
  })
  absences!: SupposedAbsenceInput[];
}

@Resolver()
export class PreviewQuoteQuery {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @Query(() => Quote, {
    description:
      'What a stay would cost under a tariff, published or not. The previews of one operation may take 100000 steps of the ' +
      'meter and have 2000 lines together; what is wrong with the arguments is told all at once in `extensions.faults`.',
  })
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
    @Ctx() context: RequestContext,
  ): QuoteOfTicket {
    const input = { tariff, enteredAt, exitedAt, vehicleKind, timeZone, stay };
    return previewQuote({ ...this.deps, viewer: context.viewer }, input, workOf(context));
  }
}

const WORK = Symbol('what previews took');

/** Of all previews of an operation together. */
function workOf({ loaders }: RequestContext): PreviewWork {
  const work = (loaders.get(WORK) as PreviewWork | undefined) ?? new PreviewWork();
  loaders.set(WORK, work);
  return work;
}
