import type { Losses, Path } from '../exchange.js';
import { minorOf } from '../amounts.js';
import type { OcpiDimension, OcpiRestrictions, OcpiTariff } from './ocpi-tariff.js';

/** One price component with the restrictions of its element. */
export interface PricePart {
  path: Path;
  type: OcpiDimension;
  /** Minor units, perhaps with fractions: of an hour, a kWh, or once. */
  price: number;
  /** Percent; null: none is stated. */
  vat: number | null;
  /** Seconds or Wh. */
  block: number;
  restrictions: OcpiRestrictions;
  restrictionsPath: Path;
}

const UNKNOWABLE: Readonly<Record<string, string>> = {
  min_kwh: 'how much energy a session has drawn',
  max_kwh: 'how much energy a session has drawn',
  min_current: 'the charging current',
  max_current: 'the charging current',
  min_power: 'the charging power',
  max_power: 'the charging power',
  start_date: 'the date: publish a version that begins then instead',
  end_date: 'the date: publish a version that begins then instead',
};
const EXPRESSED = [
  'start_time',
  'end_time',
  'day_of_week',
  'min_duration',
  'max_duration',
  'reservation',
] as const;

/** All price components whose restrictions Plaza knows; the others are listed as lost. */
export function partsOf(tariff: OcpiTariff, losses: Losses): PricePart[] {
  return tariff.elements.flatMap(({ price_components, ...element }, number) => {
    const restrictions = element.restrictions ?? {};
    const restrictionsPath = ['elements', number, 'restrictions'];
    if (!isExpressed(restrictions, restrictionsPath, losses)) return [];
    return price_components.map((one, at) => ({
      path: known(one, ['elements', number, 'price_components', at], losses),
      type: one.type,
      price: minorOf(one.price, tariff.currency),
      vat: one.vat ?? null,
      block: one.step_size,
      restrictions,
      restrictionsPath,
    }));
  });
}

const FIELDS = ['type', 'price', 'vat', 'step_size'];

function known(component: Record<string, unknown>, path: Path, losses: Losses): Path {
  for (const [field, value] of Object.entries(component)) {
    if (value == null || FIELDS.includes(field)) continue;
    losses.add([...path, field], value, 'Not a field of the OCPI PriceComponent that is known here.');
  }
  return path;
}

function isExpressed(restrictions: OcpiRestrictions, path: Path, losses: Losses): boolean {
  const others = Object.entries(restrictions).filter(
    ([field, value]) => value != null && !(EXPRESSED as readonly string[]).includes(field),
  );
  for (const [field, value] of others) {
    losses.add(
      [...path, field],
      value,
      `A price does not depend on ${UNKNOWABLE[field] ?? 'this'} here: the element is left out.`,
    );
  }
  return others.length === 0;
}

/** True when the price holds whenever and however long. */
export const isAlways = ({ restrictions }: PricePart): boolean =>
  EXPRESSED.every((field) => restrictions[field] == null || isEmpty(restrictions[field]));

export const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
