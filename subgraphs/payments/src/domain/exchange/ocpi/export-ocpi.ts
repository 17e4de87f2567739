import type { Item, TariffRules } from '../../tariff/tariff-rules.js';
import { decimalOf, shown } from '../amounts.js';
import { canBeFree } from '../coverage.js';
import { withGraceAsStep } from '../entry-grace.js';
import { type ExportedTariff, Losses, type TariffHeading } from '../exchange.js';
import { addWithoutPlace } from '../no-place.js';
import { freeStart, type OcpiComponent, type OcpiElement, timeElements } from './export-elements.js';

/** Whose tariff it is, as OCPI names a party: a country's code and three characters. */
export interface OcpiParty {
  countryCode: string;
  partyId: string;
}

const HOUR = 3600;
/** The items that OCPI knows, by the codes under which they are imported; `blocks`: what makes one unit of them. */
const DIMENSIONS: Readonly<
  Record<string, { type: OcpiComponent['type']; blocks: number; reservation?: string }>
> = {
  ENERGY: { type: 'ENERGY', blocks: 1000 },
  RESERVATION: { type: 'TIME', blocks: HOUR, reservation: 'RESERVATION' },
  RESERVATION_FEE: { type: 'FLAT', blocks: 0, reservation: 'RESERVATION' },
  RESERVATION_EXPIRED: { type: 'TIME', blocks: HOUR, reservation: 'RESERVATION_EXPIRES' },
};
const UNITS: Readonly<Record<string, string>> = {
  ENERGY: 'kWh',
  RESERVATION: 'h',
  RESERVATION_FEE: 'piece',
  RESERVATION_EXPIRED: 'h',
};

/** Writes a tariff as a Tariff object of OCPI 2.3.0. Pure. */
export function exportOcpi(published: TariffRules, heading: TariffHeading, party: OcpiParty): ExportedTariff {
  const losses = new Losses();
  const rules = withGraceAsStep(published);
  const free = rules.graces.beyondEntry === 'FROM_GRACE_END' ? rules.graces.entry : 0;
  addWithoutPlace(free > 0 ? { ...rules, graces: { ...rules.graces, entry: 0 } } : rules, losses);
  addCapsAndOverstay(rules, losses);
  const elements = [
    ...otherElements(rules, losses),
    ...freeStart(rules, free),
    ...timeElements(rules, losses),
  ];
  const { tax, currencyCode } = rules;
  const maximum = maximumOf(rules);
  const minimum = rules.fees.minimum;
  const limit = (amount: number) => ({
    [tax?.included ? 'after_taxes' : 'before_taxes']: decimalOf(amount, currencyCode),
    // OCPI wants the amount before taxes in any case
    ...(tax?.included
      ? { before_taxes: decimalOf(Math.round(amount / (1 + tax.percent / 100)), currencyCode) }
      : {}),
  });
  return {
    document: {
      country_code: party.countryCode,
      party_id: party.partyId,
      id: heading.id,
      currency: currencyCode,
      tariff_alt_text: [{ language: 'en', text: heading.name }],
      ...(minimum > 0 ? { min_price: limit(minimum) } : {}),
      ...(maximum === null ? {} : { max_price: limit(maximum) }),
      elements: elements.length > 0 ? elements : [freeOfCharge],
      tax_included: tax ? (tax.included ? 'YES' : 'NO') : 'N/A',
      start_date_time: heading.effectiveFrom.toISOString(),
      last_updated: heading.publishedAt.toISOString(),
    },
    notExpressed: losses.all,
  };
}

const freeOfCharge: OcpiElement = { price_components: [{ type: 'FLAT', price: 0, step_size: 1 }] };

/** A cap of the whole stay is the maximum, where nothing else is charged. */
function isMaximum({ caps, fees, items, bands }: TariffRules, number: number): boolean {
  const cap = caps[number];
  const countsAll = cap?.bands.length === 0 || bands.every(({ name }) => cap?.bands.includes(name));
  return (
    cap?.per === 'STAY' &&
    cap.only === null &&
    countsAll &&
    number === caps.findIndex(({ per }) => per === 'STAY') &&
    fees.start === 0 &&
    fees.maximum === null &&
    items.length === 0
  );
}

function maximumOf(rules: TariffRules): number | null {
  const number = rules.caps.findIndex((_, at) => isMaximum(rules, at));
  return rules.fees.maximum ?? rules.caps[number]?.amount ?? null;
}

function addCapsAndOverstay(rules: TariffRules, losses: Losses): void {
  rules.caps.forEach((cap, number) => {
    if (isMaximum(rules, number)) return;
    losses.add(
      ['caps', number],
      { ...cap, amount: shown(cap.amount, rules.currencyCode) },
      'There is a most for the whole session only, and only of all that it costs.',
    );
  });
  if (rules.overstay) {
    losses.add(['overstay'], rules.overstay, 'There is no maximum stay: write its price as a step.');
  }
}

/** The start fee, what is sold beside time, and reservations. */
function otherElements(rules: TariffRules, losses: Losses): OcpiElement[] {
  const { fees, tax, currencyCode } = rules;
  const elements: OcpiElement[] = [];
  const vat = (percent: number | null) => (tax ? { vat: percent ?? tax.percent } : {});
  for (const [field, amount] of [
    ['start', fees.start],
    ['minimum', fees.minimum],
  ] as const) {
    if (amount === 0 || !canBeFree(rules)) continue;
    losses.add(
      ['fees', field],
      shown(amount, currencyCode),
      'OCPI asks it also of sessions that cost nothing.',
    );
  }
  if (fees.start > 0) {
    const price = decimalOf(fees.start, currencyCode);
    elements.push({ price_components: [{ type: 'FLAT', price, ...vat(null), step_size: 1 }] });
  }
  if (fees.noShow !== null) {
    const price = decimalOf(fees.noShow, currencyCode);
    elements.push({
      price_components: [{ type: 'FLAT', price, ...vat(null), step_size: 1 }],
      restrictions: { reservation: 'RESERVATION_EXPIRES' },
    });
  }
  rules.items.forEach((item, number) => {
    const dimension = DIMENSIONS[item.code];
    if (!dimension || UNITS[item.code] !== item.unit || !hasWholeBlocks(item, dimension.blocks)) {
      losses.add(
        ['items', number],
        `${item.name}, ${decimalOf(item.price, currencyCode)} for each ${item.unit}`,
        'OCPI knows energy in kWh (ENERGY) and reservations in hours (RESERVATION), in steps of whole Wh and seconds.',
      );
      return;
    }
    const price = decimalOf(item.price, currencyCode);
    const step_size = Math.max(1, Math.round(item.step * dimension.blocks));
    elements.push({
      price_components: [{ type: dimension.type, price, ...vat(item.taxPercent), step_size }],
      ...(dimension.reservation ? { restrictions: { reservation: dimension.reservation } } : {}),
    });
  });
  return elements;
}

const hasWholeBlocks = ({ step }: Item, blocks: number): boolean =>
  Math.abs(step * blocks - Math.round(step * blocks)) < 1e-6;
