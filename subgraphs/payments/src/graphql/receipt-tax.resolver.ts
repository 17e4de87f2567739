import { Money, money } from '@plaza/platform/graphql/money.type';
import { Decimal } from '@plaza/platform/graphql/scalars';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { TaxShare } from '../domain/tax-shares.js';
import { ReceiptTax } from './receipt.type.js';

/** A share with the currency of its receipt. */
export type PricedShare = TaxShare & { currencyCode: string };

@Resolver(() => ReceiptTax)
export class ReceiptTaxResolver {
  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'The rate in percent; null: none was stated.',
  })
  percent(@Root() { percent }: PricedShare): string | null {
    return percent === null ? null : String(percent);
  }

  @FieldResolver(() => Money, { description: 'What was paid at this rate, tax included.' })
  amount(@Root() { amount, currencyCode }: PricedShare): Money {
    return money(amount, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'The same without tax.' })
  net(@Root() { amount, tax, currencyCode }: PricedShare): Money {
    return money(amount - tax, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'The tax in `amount`.' })
  tax(@Root() { tax, currencyCode }: PricedShare): Money {
    return money(tax, currencyCode);
  }
}
