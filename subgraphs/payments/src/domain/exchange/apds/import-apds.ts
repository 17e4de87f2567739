import { type Band, type Cap, type TariffRules, type Tax, UNSAID } from '../../tariff/tariff-rules.js';
import { minorOf } from '../amounts.js';
import { canBeFree } from '../coverage.js';
import { type Imported, Losses, type Path, shortened, wholeAmount } from '../exchange.js';
import { minutesOfDuration } from './durations.js';
import { type Lines, linesOf } from './import-lines.js';
import { windowsOf } from './import-windows.js';
import { type FoundTable, type RateLineCollection, type RateTable, tablesOf, textOf } from './rate-table.js';

const TABLE = [
  'id',
  'version',
  'className',
  'rateTableName',
  'rateTableID',
  'rateType',
  'rateResponsibleParty',
  'additionalInformation',
  'validityStart',
  'validity',
  'rateLineCollections',
];
const COLLECTION = [
  'id',
  'version',
  'collectionSequence',
  'applicableCurrency',
  'maxTime',
  'minValueCollection',
  'maxValueCollection',
  'resetTime',
  'taxIncluded',
  'taxRate',
  'validStart',
  'rateLines',
];

/** Reads one or more rate tables of APDS 4.0: each becomes a band. Pure. */
export function importApds(document: unknown): Imported {
  const found = tablesOf(document);
  if ('faults' in found) return found;
  const losses = new Losses();
  const tables = found.tables.map(({ table, path }) => readTable(table, path, losses));
  const { table: first } = found.tables[0] as FoundTable;
  const start = first.validityStart ?? first.validity?.validityTimeSpecification?.overallStartTime;
  return {
    draft: {
      name: shortened(textOf(first.rateTableName) ?? `APDS ${first.id}`, 120),
      effectiveFrom: start ? new Date(start) : null,
      rules: rulesOf(tables, losses),
      notExpressed: losses.all,
    },
  };
}

interface ReadTable {
  path: Path;
  name: string;
  collection: RateLineCollection;
  windows: Band['windows'] | null;
  lines: Lines;
}

function readTable(table: RateTable, path: Path, losses: Losses): ReadTable {
  for (const [field, value] of Object.entries(table)) {
    if (value == null || TABLE.includes(field) || (field === 'availability' && value === 'public')) continue;
    losses.add(
      [...path, field],
      value,
      'A location has one tariff for all who come: this has no place here.',
    );
  }
  const numbered = table.rateLineCollections.map((collection, number) => ({ collection, number }));
  const ordered = numbered.toSorted(
    (a, b) => (a.collection.collectionSequence ?? 0) - (b.collection.collectionSequence ?? 0),
  );
  for (const { collection, number } of ordered.slice(1)) {
    losses.add(
      [...path, 'rateLineCollections', number],
      collection.rateLines,
      'One collection of a rate table is read, the first in sequence.',
    );
  }
  const { collection, number } = ordered[0] as (typeof ordered)[number];
  const at = [...path, 'rateLineCollections', number];
  for (const [field, value] of Object.entries(collection)) {
    if (value == null || COLLECTION.includes(field) || (field === 'relativeTimes' && value === false))
      continue;
    losses.add(
      [...at, field],
      value,
      UNREAD[field] ?? 'Not a field of the APDS RateLineCollection that is known here.',
    );
  }
  return {
    path: at,
    name: shortened(textOf(table.rateTableName) ?? table.id, 50),
    collection,
    windows: windowsOf(table, path, losses),
    lines: linesOf(collection, at, losses),
  };
}

const UNREAD: Readonly<Record<string, string>> = {
  minTime: 'There is no least time to be paid for: write its price as the first step.',
  relativeTimes: 'Times are taken as relative to the entry, not to an event.',
  taxValue: 'Tax is a rate.',
  validEnd: 'A version holds until the next one begins.',
};

function rulesOf(tables: readonly ReadTable[], losses: Losses): TariffRules {
  const [first] = tables as [ReadTable];
  const { applicableCurrency: currencyCode } = first.collection;
  const tax = taxOf(first.collection);
  const isOne = tables.length === 1;
  const rules: TariffRules = { ...UNSAID, fees: { ...UNSAID.fees }, currencyCode, bands: [], caps: [], tax };
  const minor = (decimal: number, path: Path) => wholeAmount(minorOf(decimal, currencyCode), path, losses);
  for (const { path, name, collection, windows, lines } of tables) {
    if (collection.applicableCurrency !== currencyCode) {
      losses.add(
        [...path, 'applicableCurrency'],
        collection.applicableCurrency,
        'A tariff has one currency: the table is left out.',
      );
      continue;
    }
    if (JSON.stringify(taxOf(collection)) !== JSON.stringify(tax)) {
      losses.add([...path, 'taxRate'], collection.taxRate, 'Time has one tax, that of the first table.');
    }
    // a table at times that cannot be said is listed there
    if (windows === null) continue;
    const band = bandOf(name, rules.bands, windows, collection, path, losses);
    rules.bands.push({ ...band, steps: lines.steps });
    if (!isOne && lines.steps.length > 1) {
      losses.add(
        [...path, 'rateLines'],
        `${lines.steps.length} steps`,
        'Durations count the time that this table has charged, not the whole session.',
      );
    }
    const { minValueCollection, maxValueCollection, maxTime } = collection;
    if (maxValueCollection != null) {
      const amount = minor(maxValueCollection, [...path, 'maxValueCollection']);
      if (isOne && band.restart === 'NEVER') rules.fees.maximum = amount;
      else rules.caps.push(capOf(band, amount));
    }
    if (isOne && maxTime != null) {
      // known, and without a price of its own
      const after = minutesOfDuration(maxTime) ?? 0;
      if (after > 0) rules.overstay = { after, grace: 0, penalty: { kind: 'MULTIPLIER', factor: 1 } };
    }
    if (isOne) rules.fees.minimum = minor(minValueCollection ?? 0, [...path, 'minValueCollection']);
    if (isOne && lines.once) rules.fees.start = lines.once.price;
    if (!isOne) addOfOne({ minValueCollection, maxTime, once: lines.once?.price }, path, losses);
  }
  if (rules.bands.length === 0) rules.bands.push({ ...NEVER, name: first.name });
  if ((rules.fees.start > 0 || rules.fees.minimum > 0) && canBeFree(rules)) {
    losses.add(
      first.lines.once?.path ?? first.path,
      'a price asked once, or a least',
      'Asked only of stays whose time costs something.',
    );
  }
  return rules;
}

const NEVER: Omit<Band, 'name'> = { windows: [], entered: [], steps: [], restart: 'NEVER', atEnd: 'CUT' };

const taxOf = ({ taxRate, taxIncluded }: RateLineCollection): Tax | null =>
  taxRate == null ? null : { percent: taxRate, included: taxIncluded !== false };

const capOf = ({ name, restart }: Band, amount: number): Cap => ({
  amount,
  per: restart === 'DAY' ? 'DAY' : 'STAY',
  bands: [name],
  only: null,
});

function bandOf(
  name: string,
  others: readonly Band[],
  windows: Band['windows'],
  { resetTime }: RateLineCollection,
  path: Path,
  losses: Losses,
): Band {
  const isMidnight = resetTime != null && /^(00|24):00/.test(resetTime);
  if (resetTime != null && !isMidnight) {
    losses.add([...path, 'resetTime'], resetTime, 'Steps begin anew at midnight or never.');
  }
  const taken = others.some((other) => other.name === name);
  const restart = isMidnight ? 'DAY' : 'NEVER';
  return { ...NEVER, name: taken ? `${name} (${others.length + 1})` : name, windows, restart };
}

/** What only the tariff of a single rate table can say. */
function addOfOne(said: Record<string, unknown>, path: Path, losses: Losses): void {
  for (const [field, value] of Object.entries(said)) {
    if (value == null) continue;
    losses.add(
      [...path, field],
      value,
      'It holds for the whole tariff here, not for one of several tables: it is left out.',
    );
  }
}
