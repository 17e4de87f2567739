import { badUserInput } from '@plaza/platform/errors';
import { requireScope } from '@plaza/platform/viewer';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import type { NotExpressed } from '../domain/exchange/exchange.js';
import { type TariffFormat, writeDocument } from '../domain/exchange/tariff-format.js';
import type { PaymentsContext } from './context.js';

export interface TariffExport {
  /** JSON. */
  document: string;
  notExpressed: NotExpressed[];
}

/** "ES*PLZ", as charging networks write it. */
const PARTY = /^([A-Z]{2})\*?([A-Z0-9]{3})$/;
/** A country that no country has, until somebody says whose tariff it is. */
const NOBODY = 'ZZ*PLZ';

/** A version as a document of another model. Throws BAD_USER_INPUT for a party that OCPI would not take. */
export function exportTariff(
  { viewer }: Pick<PaymentsContext, 'viewer'>,
  version: TariffVersionRow,
  format: TariffFormat,
  ocpiParty?: string | null,
): TariffExport {
  requireScope(viewer, 'tariffs:read');
  const [, countryCode = '', partyId = ''] = PARTY.exec(ocpiParty ?? NOBODY) ?? [];
  if (countryCode === '') throw badUserInput('ocpiParty', 'A country and three characters: "ES*PLZ".');
  const { document, notExpressed } = writeDocument(format, version.rules, version, { countryCode, partyId });
  if (format === 'OCPI' && ocpiParty == null) {
    notExpressed.push({
      path: 'country_code',
      says: NOBODY,
      why: 'OCPI names the party whose tariff it is: give it as ocpiParty.',
    });
  }
  return { document: JSON.stringify(document), notExpressed };
}
