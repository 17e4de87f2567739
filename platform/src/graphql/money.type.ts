import { Directive, Field, ObjectType } from 'type-graphql';
import { toDecimal } from '../money.js';
import { CurrencyCode, Decimal } from './scalars.js';

@Directive('@shareable')
@ObjectType({ description: 'An amount of money in one currency.' })
export class Money {
  @Field(() => Decimal, {
    description: 'The amount as a decimal string with the digits of its currency: "12.50".',
  })
  amount!: string;

  @Field(() => CurrencyCode, { description: 'The currency of the amount, ISO 4217.' })
  currencyCode!: string;
}

/** Minor units (cents) as the graph's Money. */
export const money = (minor: number, currencyCode: string): Money => ({
  amount: toDecimal(minor, currencyCode),
  currencyCode,
});
