import type { Item } from '../../tariff/tariff-rules.js';
import type { Losses } from '../exchange.js';
import type { OcpiDimension } from './ocpi-tariff.js';
import { isAlways, type PricePart } from './price-part.js';

const HOUR = 3600;

/** Something sold beside the time of the stay. */
interface Sold {
  part: PricePart;
  code: string;
  name: string;
  unit: string;
  /** How much of `block` makes one unit; 0: it is counted in pieces. */
  blocks: number;
}

/** What a tariff sells, by how Plaza charges it. */
export interface Sale {
  /** What the stay's time costs. */
  time: PricePart[];
  /** Asked once. */
  flat: PricePart | null;
  /** Asked when nobody came for a reservation. */
  expiry: PricePart | null;
  sold: Sold[];
}

/** Sorts the components: time becomes bands, a flat price a fee, and what is measured otherwise an item. */
export function salesOf(parts: readonly PricePart[], losses: Losses): Sale {
  const plain = parts.filter(({ restrictions }) => restrictions.reservation == null);
  const of = (type: OcpiDimension) => plain.filter((part) => part.type === type);
  const { time, charging } = timeOf(of('TIME'), of('PARKING_TIME'), losses);
  const energy = firstOf(of('ENERGY'), 'Energy', losses);
  const reserved = parts.filter(({ restrictions }) => restrictions.reservation === 'RESERVATION');
  const expired = parts.filter(({ restrictions }) => restrictions.reservation === 'RESERVATION_EXPIRES');
  const found = (among: readonly PricePart[], type: OcpiDimension) =>
    among.find((part) => part.type === type);
  const sold = [
    { part: energy, code: 'ENERGY', name: 'Energy', unit: 'kWh', blocks: 1000 },
    { part: charging, code: 'CHARGING_TIME', name: 'Charging time', unit: 'h', blocks: HOUR },
    { part: found(reserved, 'FLAT'), code: 'RESERVATION_FEE', name: 'Reservation', unit: 'piece', blocks: 0 },
    { part: found(reserved, 'TIME'), code: 'RESERVATION', name: 'Reserved time', unit: 'h', blocks: HOUR },
    {
      part: found(expired, 'TIME'),
      code: 'RESERVATION_EXPIRED',
      name: 'Expired reservation',
      unit: 'h',
      blocks: HOUR,
    },
  ];
  return {
    time,
    flat: firstOf(of('FLAT'), 'A flat price', losses) ?? null,
    expiry: found(expired, 'FLAT') ?? null,
    sold: sold.flatMap((one) => (one.part ? [{ ...one, part: one.part }] : [])),
  };
}

/** OCPI counts charging and parking apart; a stay is both. */
function timeOf(
  charging: readonly PricePart[],
  parking: readonly PricePart[],
  losses: Losses,
): { time: PricePart[]; charging?: PricePart } {
  const [first] = charging;
  if (!first || samePrices(charging, parking)) {
    const [only] = parking;
    if (only && !first) {
      losses.add(
        only.path,
        'PARKING_TIME',
        'OCPI counts only time without charging; here the whole stay is counted, less what is given as absence.',
      );
    }
    return { time: [...parking] };
  }
  if (parking.length === 0) {
    losses.add(first.path, 'TIME', 'OCPI counts only time of charging; here the whole stay is counted.');
    return { time: [...charging] };
  }
  const price = charging.find(isAlways);
  for (const part of charging) {
    losses.add(
      part.path,
      'TIME',
      part === price
        ? 'Charging is not measured here: its hours are sold as the item CHARGING_TIME, and are to be given as absence, so that they are not charged as parking too.'
        : 'Only one of charging and parking can have prices that depend on hours or duration: this one is left out.',
    );
  }
  return { time: [...parking], ...(price ? { charging: price } : {}) };
}

const samePrices = (charging: readonly PricePart[], parking: readonly PricePart[]): boolean =>
  charging.length === parking.length &&
  charging.every((part, at) => {
    const other = parking[at];
    return (
      other?.restrictions === part.restrictions &&
      other.price === part.price &&
      other.vat === part.vat &&
      other.block === part.block
    );
  });

/** The one price of a dimension that Plaza charges alike at all times. */
function firstOf(parts: readonly PricePart[], what: string, losses: Losses): PricePart | undefined {
  for (const part of parts) {
    if (isAlways(part)) return part;
    losses.add(
      part.restrictionsPath,
      part.restrictions,
      `${what} costs the same at all hours and however long the stay is: this price is left out.`,
    );
  }
  return undefined;
}

/** What is sold as items of a tariff. */
export function itemsOf({ sold }: Sale, currencyCode: string, losses: Losses): Item[] {
  return sold.map(({ part, code, name, unit, blocks }) => {
    if (!Number.isInteger(part.price)) {
      losses.add(
        [...part.path, 'price'],
        `${part.price} minor units of ${currencyCode} for each ${unit}`,
        'An item has a whole price: it is rounded.',
      );
    }
    const step = blocks === 0 || part.block <= 1 ? 0 : part.block / blocks;
    return { code, name, unit, price: Math.round(part.price), step, taxPercent: part.vat };
  });
}
