import { type Fees, type Item, type Tax, type TariffRules, UNSAID } from '../../tariff/tariff-rules.js';
import { minorOf } from '../amounts.js';
import { canBeFree } from '../coverage.js';
import { faultsOf, type Imported, Losses, type Path, shortened, wholeAmount } from '../exchange.js';
import { inOwnWords } from '../own-words.js';
import { timePricesOf } from './import-time.js';
import { itemsOf, type Sale, salesOf } from './import-items.js';
import { type OcpiPrice, ocpiTariff, type OcpiTariff } from './ocpi-tariff.js';
import { partsOf, type PricePart } from './price-part.js';

const KNOWN = [
  'country_code',
  'party_id',
  'id',
  'currency',
  'tariff_alt_text',
  'min_price',
  'max_price',
  'tax_included',
  'start_date_time',
  'elements',
  'last_updated',
];
const OTHERS: Readonly<Record<string, string>> = {
  type: 'A location has one tariff for all who come.',
  end_date_time: 'A version holds until the next one begins: publish that.',
  tariff_alt_url: 'Explanations are made from the rules.',
  preauthorize_amount: 'How much is reserved on a card is not part of a tariff.',
  energy_mix: 'Where energy comes from changes no price.',
};

/** Reads a Tariff object of OCPI 2.2.1 or 2.3.0. Pure. */
export function importOcpi(document: unknown): Imported {
  const read = ocpiTariff.safeParse(document, { error: inOwnWords });
  if (!read.success) return { faults: faultsOf(read.error) };
  const tariff = read.data;
  const losses = new Losses();
  for (const [field, value] of Object.entries(tariff)) {
    if (value == null || KNOWN.includes(field)) continue;
    losses.add([field], value, OTHERS[field] ?? 'Not a field of the OCPI Tariff that is known here.');
  }
  const text =
    tariff.tariff_alt_text?.find(({ language }) => language.startsWith('en')) ?? tariff.tariff_alt_text?.[0];
  return {
    draft: {
      name: shortened(text?.text || `OCPI ${tariff.id}`, 120),
      // OCPI's times are UTC, with or without the Z
      effectiveFrom: tariff.start_date_time ? new Date(asUtc(tariff.start_date_time)) : null,
      rules: rulesOf(tariff, losses),
      notExpressed: losses.all,
    },
  };
}

const FROM_END = 'FROM_GRACE_END' as const;

const asUtc = (time: string): string => (/(Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`);

function rulesOf(tariff: OcpiTariff, losses: Losses): TariffRules {
  const parts = partsOf(tariff, losses);
  const sales = salesOf(parts, losses);
  const { time, flat } = sales;
  const { bands, freeMinutes } = timePricesOf(time, losses);
  const noShow = sales.expiry ? wholeOf(sales.expiry, losses) : null;
  const tax = taxOf(tariff, sales, losses);
  const fees = { ...UNSAID.fees, noShow, ...limitsOf(tariff, tax, losses) };
  const once = flat ? wholeOf(flat, losses) : 0;
  if (bands.length === 0) {
    // asked of every session, whatever it buys
    const steps = once > 0 ? [{ upTo: null, minutes: null, price: once, prorated: false }] : [];
    bands.push({ name: 'Parking', windows: [], entered: [], steps, restart: 'NEVER', atEnd: 'CUT' });
  } else fees.start = once;
  const items = itemsOf(sales, tariff.currency, losses).map((item) => taxed(item, tax));
  const graces = {
    ...UNSAID.graces,
    ...(freeMinutes > 0 ? { entry: freeMinutes, beyondEntry: FROM_END } : {}),
  };
  const rules: TariffRules = { ...UNSAID, currencyCode: tariff.currency, bands, graces, fees, items, tax };
  if (flat && fees.start > 0 && canBeFree(rules)) {
    losses.add(
      flat.path,
      fees.start,
      'Asked only of stays whose time or energy costs something; OCPI asks it of all.',
    );
  }
  return rules;
}

const wholeOf = ({ path, price }: PricePart, losses: Losses): number =>
  wholeAmount(price, [...path, 'price'], losses);

const taxed = (item: Item, tax: Tax | null): Item => ({
  ...item,
  taxPercent: tax === null || item.taxPercent === tax.percent ? null : (item.taxPercent ?? 0),
});

/** The tax of time and fees is the tariff's; what is sold beside time has its own. */
function taxOf({ tax_included }: OcpiTariff, sales: Sale, losses: Losses): Tax | null {
  const all = [...sales.time, ...(sales.flat ? [sales.flat] : []), ...(sales.expiry ? [sales.expiry] : [])];
  const rated = [...all, ...sales.sold.map(({ part }) => part)];
  if (tax_included === 'N/A' || rated.every(({ vat }) => vat === null)) return null;
  const percent = rated[0]?.vat ?? 0;
  for (const { path, vat } of all) {
    if ((vat ?? 0) !== percent) {
      losses.add(
        [...path, 'vat'],
        vat,
        `Time and fees have one rate here: ${percent} %, the first one of them.`,
      );
    }
  }
  return { percent, included: tax_included === 'YES' };
}

function limitsOf(tariff: OcpiTariff, tax: Tax | null, losses: Losses): Pick<Fees, 'minimum' | 'maximum'> {
  const included = tax?.included ?? false;
  const rate = 1 + (tax?.percent ?? 0) / 100;
  const limit = (price: OcpiPrice, path: Path): number => {
    const before = price.before_taxes ?? price.excl_vat;
    const after = price.after_taxes ?? price.incl_vat;
    const other = included ? before : after;
    const chosen = (included ? (after ?? before) : before) ?? 0;
    const implied = included ? chosen / rate : chosen * rate;
    if (other !== undefined && Math.abs(minorOf(other - implied, tariff.currency)) > 1) {
      losses.add(
        path,
        price,
        included
          ? 'Prices contain tax here: the amount after taxes is the limit.'
          : 'The limit holds before taxes; what it adds or takes off is taxed at the rate of time and fees.',
      );
    }
    return wholeAmount(minorOf(chosen, tariff.currency), path, losses);
  };
  return {
    minimum: tariff.min_price ? limit(tariff.min_price, ['min_price']) : 0,
    maximum: tariff.max_price ? limit(tariff.max_price, ['max_price']) : null,
  };
}
