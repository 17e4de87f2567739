import type { TariffRules } from '../tariff/tariff-rules.js';
import { exportApds } from './apds/export-apds.js';
import { importApds } from './apds/import-apds.js';
import type { ExportedTariff, Imported, TariffHeading } from './exchange.js';
import { exportOcpi, type OcpiParty } from './ocpi/export-ocpi.js';
import { importOcpi } from './ocpi/import-ocpi.js';

/** The models of others that tariffs are exchanged in. */
export const TARIFF_FORMATS = ['OCPI', 'APDS'] as const;
export type TariffFormat = (typeof TARIFF_FORMATS)[number];

/** Reads a document: OCPI 2.2.1 or 2.3.0, APDS 4.0. Pure. */
export const readDocument = (format: TariffFormat, document: unknown): Imported =>
  format === 'OCPI' ? importOcpi(document) : importApds(document);

/** Writes a tariff: OCPI 2.3.0, which names whose it is, or APDS 4.0. Pure. */
export const writeDocument = (
  format: TariffFormat,
  rules: TariffRules,
  heading: TariffHeading,
  party: OcpiParty,
): ExportedTariff => (format === 'OCPI' ? exportOcpi(rules, heading, party) : exportApds(rules, heading));
