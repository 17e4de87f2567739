import { Money, money } from '@plaza/platform/graphql/money.type';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { RevenueRow } from '../database/revenue.queries.js';
import { RevenueGroup, RevenueReport, type RevenueReportRow } from './revenue.type.js';

@Resolver(() => RevenueGroup)
export class RevenueGroupResolver {
  @FieldResolver(() => Money, { description: 'Payments less refunds, tax included.' })
  amount(@Root() { amount, currencyCode }: RevenueRow): Money {
    return money(amount, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'The tax that `amount` contains.' })
  tax(@Root() { tax, currencyCode }: RevenueRow): Money {
    return money(tax, currencyCode);
  }
}

@Resolver(() => RevenueReport)
export class RevenueReportResolver {
  @FieldResolver(() => [RevenueGroup], { description: 'The pieces, earliest first.' })
  groups(@Root() { rows }: RevenueReportRow): RevenueRow[] {
    return rows;
  }

  @FieldResolver(() => Money, { description: 'Payments less refunds of the whole period, tax included.' })
  total(@Root() { rows, currencyCode }: RevenueReportRow): Money {
    return money(sum(rows, 'amount'), currencyCode);
  }

  @FieldResolver(() => Money, { description: 'The tax that `total` contains.' })
  tax(@Root() { rows, currencyCode }: RevenueReportRow): Money {
    return money(sum(rows, 'tax'), currencyCode);
  }
}

const sum = (rows: RevenueRow[], column: 'amount' | 'tax') =>
  rows.reduce((total, row) => total + row[column], 0);
