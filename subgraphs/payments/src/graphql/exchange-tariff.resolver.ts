import type { RequestContext } from '@plaza/platform/graphql/context';
import { Arg, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import type { TariffFormat } from '../domain/exchange/tariff-format.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { exportTariff } from '../use-cases/exchange-tariff-export.js';
import {
  importTariff,
  type ImportTariffOutcome,
  LONGEST_DOCUMENT,
} from '../use-cases/exchange-tariff-import.js';
import { ImportTariffResult, TariffExport, TariffFormatEnum } from './exchange-tariff.type.js';
import { Tariff } from './tariff.type.js';

@Resolver(() => Tariff)
export class ExchangeTariffResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @FieldResolver(() => TariffExport, { description: 'This version as a document of another model.' })
  export(
    @Root() version: TariffVersionRow,
    @Arg('format', () => TariffFormatEnum, { description: 'The model.' }) format: TariffFormat,
    @Arg('ocpiParty', () => String, {
      nullable: true,
      description: 'Whose tariff it is, as OCPI names parties: "ES*PLZ". Only OCPI asks for it.',
    })
    ocpiParty: string | null,
    @Ctx() { viewer }: RequestContext,
  ): TariffExport {
    return exportTariff({ viewer }, version, format, ocpiParty);
  }

  @Directive('@requiresScopes(scopes: [["tariffs:read"]])')
  @Query(() => ImportTariffResult, {
    description: 'Reads a tariff from a document of another model, to be looked at, tried and published.',
  })
  importTariff(
    @Arg('format', () => TariffFormatEnum, { description: 'The model of the document.' })
    format: TariffFormat,
    @Arg('document', () => String, {
      description: `The document: JSON, at most ${LONGEST_DOCUMENT} characters.`,
    })
    document: string,
    @Ctx() { viewer }: RequestContext,
  ): ImportTariffOutcome {
    return importTariff({ ...this.deps, viewer }, format, document);
  }
}
