import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Decimal } from '@plaza/platform/graphql/scalars';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ChargeLine } from '../domain/tariff/charge-line.js';
import { explain, type Language } from '../domain/tariff/explanations/explain.js';
import type { QuoteOfTicket } from '../use-cases/record-exit.js';
import type { PaymentsLoaders } from './loaders.js';
import { Quote, QuoteLine } from './quote.type.js';
import { LanguageEnum } from './tariff.enums.js';
import { Tariff } from './tariff.type.js';

/** A line with the currency of its quote. */
export type PricedLine = ChargeLine & { currencyCode: string };

/** The lines of a quote or a receipt, each with its currency. */
export const pricedLines = ({
  lines,
  currencyCode,
}: {
  lines: ChargeLine[];
  currencyCode: string;
}): PricedLine[] => lines.map((line) => ({ ...line, currencyCode }));

@Resolver(() => QuoteLine)
export class QuoteLineResolver {
  @FieldResolver(() => Money, { description: 'The price of one.' })
  unitPrice(@Root() { unitPrice, currencyCode }: PricedLine): Money {
    return money(unitPrice, currencyCode);
  }

  @FieldResolver(() => Money, {
    description: 'quantity × unitPrice, rounded; negative where something is taken off.',
  })
  amount(@Root() { amount, currencyCode }: PricedLine): Money {
    return money(amount, currencyCode);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'The tax of this line in percent; null: none is shown.',
  })
  taxPercent(@Root() { taxPercent }: PricedLine): string | null {
    return taxPercent === null ? null : String(taxPercent);
  }

  @FieldResolver(() => String, { description: 'The line in a sentence for the driver.' })
  explanation(
    @Root() line: PricedLine,
    @Arg('language', () => LanguageEnum, { defaultValue: 'EN', description: 'In which language.' })
    language: Language,
  ): string {
    return explain(line, line.currencyCode, language);
  }
}

@Resolver(() => Quote)
export class QuoteResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @FieldResolver(() => [QuoteLine], {
    description:
      'How the charge comes about. The amounts add up to what the stay costs; what a refund let off is no line.',
  })
  lines(@Root() quote: QuoteOfTicket): PricedLine[] {
    return pricedLines(quote);
  }

  @FieldResolver(() => Money, { description: 'What the stay costs before discounts, tax included.' })
  subtotal(@Root() { subtotal, currencyCode }: QuoteOfTicket): Money {
    return money(subtotal, currencyCode);
  }

  @FieldResolver(() => Money, {
    description:
      'What is taken off: discounts, and an amount that a refund gave back, which is not owed again. What was paid too much ' +
      'is no part of it.',
  })
  discount(@Root() { discount, currencyCode }: QuoteOfTicket): Money {
    return money(discount, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'What the stay costs: subtotal less discount, tax included.' })
  total(@Root() { total, currencyCode }: QuoteOfTicket): Money {
    return money(total, currencyCode);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The tax that `total` contains; null where the tariff states none.',
  })
  tax(@Root() { tax, currencyCode }: QuoteOfTicket): Money | null {
    return tax === null ? null : money(tax, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'What was paid so far, less what was given back.' })
  paid(@Root() { paid, currencyCode }: QuoteOfTicket): Money {
    return money(paid, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'What is still to be paid: this is what payTicket charges.' })
  due(@Root() { due, currencyCode }: QuoteOfTicket): Money {
    return money(due, currencyCode);
  }

  @FieldResolver(() => Money, {
    description:
      'What a driver who pays in cash is asked: `due`, rounded to the coins that the tariff knows. The same where it knows all.',
  })
  dueInCash(@Root() { dueInCash, currencyCode }: QuoteOfTicket): Money {
    return money(dueInCash, currencyCode);
  }

  @FieldResolver(() => Tariff, {
    nullable: true,
    description:
      'The version of the tariff that was in force at the entry; it binds for the whole stay. Null: free of charge.',
  })
  tariffVersion(@Root() { tariffVersionId }: QuoteOfTicket, @Ctx() context: RequestContext) {
    return tariffVersionId && this.load.tariffVersion(context, tariffVersionId);
  }
}
