import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { checkRules } from '../../../use-cases/check-tariff-rules.js';
import { exportApds } from '../apds/export-apds.js';
import { exportOcpi } from '../ocpi/export-ocpi.js';
import { importOcpi } from '../ocpi/import-ocpi.js';
import { readDocument, TARIFF_FORMATS } from '../tariff-format.js';

const { tariffs } = JSON.parse(
  readFileSync(new URL('../ocpi/fixtures/published-tariffs.json', import.meta.url), 'utf8'),
) as { tariffs: Record<string, unknown> };
const heading = {
  id: '1',
  name: 'Garage',
  number: 1,
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  publishedAt: new Date('2026-01-01T00:00:00Z'),
};

/** Published tariffs, and rate tables made of them. */
const documents: unknown[] = Object.values(tariffs).flatMap((tariff) => {
  const imported = importOcpi(tariff);
  return 'draft' in imported ? [tariff, exportApds(imported.draft.rules, heading).document] : [tariff];
});

/** The document with one of its values replaced. */
function changed(value: unknown, way: readonly number[], by: unknown): unknown {
  const [turn, ...rest] = way;
  if (turn === undefined || typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  if (keys.length === 0) return by;
  const key = keys[turn % keys.length] as string;
  const inner = changed((value as Record<string, unknown>)[key], rest, by);
  return Array.isArray(value)
    ? value.map((one: unknown, at) => (String(at) === key ? inner : one))
    : { ...value, [key]: inner };
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, '', '00:00', '24:00', 'PT0S', 'P', -1, 0, 0.001, 59, 1e9, 1e300, true, [], {}),
);

test.each(TARIFF_FORMATS)(
  'whatever document of %s arrives, it is read, or refused with its faults',
  (format) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(fc.tuple(fc.array(fc.nat({ max: 30 }), { maxLength: 9 }), odd), { maxLength: 3 }),
        (document, changes) => {
          const odd = changes.reduce((whole, [way, by]) => changed(whole, way, by), document);
          const read = readDocument(format, JSON.parse(JSON.stringify(odd)));
          if ('faults' in read) return expect(read.faults.length).toBeGreaterThan(0);
          const checked = checkRules(read.draft.rules);
          if ('faults' in checked) return;
          expect(read.draft.name.length).toBeGreaterThan(0);
          exportOcpi(checked.rules, heading, { countryCode: 'ES', partyId: 'PLZ' });
          exportApds(checked.rules, heading);
        },
      ),
      { numRuns: 1500 },
    );
  },
);
