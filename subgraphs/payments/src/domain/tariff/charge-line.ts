import type { Cap } from './tariff-rules.js';

/** The rules that a line of a charge can come from. */
export const CHARGE_RULES = [
  'FREE_TIME',
  'PERMIT',
  'INCREMENT',
  'TIME',
  'FLAT',
  'CAP',
  'START_FEE',
  'MINIMUM',
  'MAXIMUM',
  'LOST_TICKET',
  'NO_SHOW',
  'OVERSTAY',
  'ITEM',
  'EARLIER_PART',
  'DISCOUNT',
  'TAX',
  'ROUNDING',
  'NO_TARIFF',
  'VOID',
] as const;
export type ChargeRule = (typeof CHARGE_RULES)[number];

/** Why a stay is charged by no tariff: its location had none when it began, or its ticket is void. */
export type Uncharged = Extract<ChargeRule, 'NO_TARIFF' | 'VOID'>;

/**
 * What the quantity of a line counts: periods of so many minutes, periods beyond a maximum stay of so many minutes, the
 * spans of a cap, an item's unit; of a discount the minutes or percent that it is for.
 */
export type LineUnit =
  | { minutes: number }
  | { minutes: number; beyond: number }
  | { per: Cap['per'] }
  | { item: string }
  | { percent: number };

/** One line of a charge. Amounts are minor units; a sentence for the driver is made from it (explain). */
export interface ChargeLine {
  rule: ChargeRule;
  /** What the tariff calls it: a band, an item, a discount; null where it needs no name. */
  name: string | null;
  from: Date;
  to: Date;
  /** 0: time that a flat price asked before is for. Of time in proportion it is rounded, and the amount is not made from it. */
  quantity: number;
  unit: LineUnit | null;
  unitPrice: number;
  /** quantity * unitPrice, rounded as the tariff says; negative where something is taken off. */
  amount: number;
  /** The tax of this line in percent; null: none is shown. */
  taxPercent: number | null;
}

/** What a stay costs up to an instant. */
export interface Charge {
  lines: ChargeLine[];
  /** What discounts took off, not negative. */
  discount: number;
  /** The sum of the lines, tax included. */
  amount: number;
  /** The tax that `amount` contains; null where the tariff states none. */
  tax: number | null;
  /** The same by rate; empty where the tariff states none. */
  taxes: TaxPart[];
  /** The last instant of leaving at which it is known to cost the same; null: for ever. */
  sameUntil: Date | null;
}

/** What is taxed at one rate. */
export interface TaxPart {
  percent: number;
  /** Minor units, the tax included. */
  amount: number;
  tax: number;
}
