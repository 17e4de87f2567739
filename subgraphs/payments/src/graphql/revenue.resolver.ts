import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RevenueRow } from '../database/revenue.queries.js';
import { Location } from './entities.type.js';
import type { PaymentsLoaders } from './loaders.js';
import { RevenueGroup, RevenueReport, type RevenueReportRow } from './revenue.type.js';
import { Tariff } from './tariff.type.js';

const VALIDATED =
  'What merchants came to owe for tickets that they validated, beside `amount`, whether they have paid it or not.';

@Resolver(() => RevenueGroup)
export class RevenueGroupResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @FieldResolver(() => Money, { description: 'Payments less refunds, tax included.' })
  amount(@Root() { amount, currencyCode }: RevenueRow): Money {
    return money(amount, currencyCode);
  }

  @FieldResolver(() => Money, { description: 'The tax that `amount` contains.' })
  tax(@Root() { tax, currencyCode }: RevenueRow): Money {
    return money(tax, currencyCode);
  }

  @FieldResolver(() => Money, { description: VALIDATED })
  validated(@Root() { validated, currencyCode }: RevenueRow): Money {
    return money(validated, currencyCode);
  }

  @FieldResolver(() => Location, {
    nullable: true,
    description: 'The location; null in a report of the organization that is not cut by LOCATION.',
  })
  location(@Root() { locationId }: RevenueRow): Location | null {
    return locationId === null ? null : { id: locationId };
  }

  @FieldResolver(() => Tariff, {
    nullable: true,
    description: 'The version that priced the stays; null unless it is cut by TARIFF.',
  })
  tariff(@Root() { tariffVersionId }: RevenueRow, @Ctx() context: RequestContext) {
    return tariffVersionId && this.load.tariffVersion(context, tariffVersionId);
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

  @FieldResolver(() => Money, { description: VALIDATED })
  validated(@Root() { rows, currencyCode }: RevenueReportRow): Money {
    return money(sum(rows, 'validated'), currencyCode);
  }
}

const sum = (rows: RevenueRow[], column: 'amount' | 'tax' | 'validated') =>
  rows.reduce((total, row) => total + row[column], 0);
