import fc from 'fast-check';
import { checkRules } from '../../../use-cases/check-tariff-rules.js';
import { chargeStay } from '../../tariff/charge.js';
import { CompiledTariff } from '../../tariff/compiled-tariff.js';
import type { TariffRules } from '../../tariff/tariff-rules.js';
import { exportApds } from '../apds/export-apds.js';
import { importApds } from '../apds/import-apds.js';
import type { ExportedTariff, Imported, TariffHeading } from '../exchange.js';
import { exportOcpi } from '../ocpi/export-ocpi.js';
import { importOcpi } from '../ocpi/import-ocpi.js';
import { anyStay, apdsExpressible, ocpiExpressible } from './any-expressible.js';

const STAYS = 15;
const TARIFFS = 200;
const heading: TariffHeading = {
  id: '019ac000-0000-7000-8000-000000000001',
  name: 'Main garage',
  number: 3,
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  publishedAt: new Date('2025-12-01T00:00:00Z'),
};

const FORMATS: [
  string,
  fc.Arbitrary<TariffRules>,
  (rules: TariffRules) => ExportedTariff,
  (document: unknown) => Imported,
][] = [
  [
    'OCPI',
    ocpiExpressible,
    (rules) => exportOcpi(rules, heading, { countryCode: 'ES', partyId: 'PLZ' }),
    importOcpi,
  ],
  ['APDS', apdsExpressible, (rules) => exportApds(rules, heading), importApds],
];

type GeneratedStay = typeof anyStay extends fc.Arbitrary<infer Stay> ? Stay : never;

const begin = Date.parse('2026-01-01T00:00:00Z');
function costOf(tariff: CompiledTariff, { begins, seconds, tenths, noShow }: GeneratedStay) {
  const enteredAt = new Date(begin + begins * 1000);
  const { rules } = tariff;
  const sells = rules.items.length > 0 && tenths > 0;
  const { amount, taxes } = chargeStay(tariff, {
    enteredAt,
    at: new Date(enteredAt.getTime() + seconds * 1000),
    items: sells ? [{ code: 'ENERGY', quantity: tenths / 10 }] : [],
    noShow: noShow && rules.fees.noShow !== null,
  });
  return { amount, taxes: taxes.filter((part) => part.amount !== 0) };
}

describe.each(FORMATS)('%s', (_, expressible, write, read) => {
  test('a tariff of which nothing is lost charges the same when it comes back', () => {
    fc.assert(
      fc.property(expressible, fc.array(anyStay, { minLength: STAYS, maxLength: STAYS }), (rules, stays) => {
        const { document, notExpressed } = write(rules);
        expect(notExpressed).toEqual([]);
        const back = read(JSON.parse(JSON.stringify(document)));
        if ('faults' in back) throw new Error(JSON.stringify(back.faults));
        expect(back.draft.notExpressed).toEqual([]);
        expect(back.draft.effectiveFrom).toEqual(heading.effectiveFrom);
        const checked = checkRules(back.draft.rules);
        if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
        const costs = (of: TariffRules) => {
          const tariff = new CompiledTariff(of, 'Europe/Madrid');
          return stays.map((stay) => costOf(tariff, stay));
        };
        expect(costs(checked.rules)).toEqual(costs(rules));
      }),
      { numRuns: TARIFFS },
    );
  });
});
