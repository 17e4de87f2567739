import type { Charge, ChargeLine, ChargeRule, LineUnit, Uncharged } from './charge-line.js';
import { chargedBy, type ChargedBefore, creditLines, parkingIn, sumOf } from './charged-before.js';
import type { CompiledTariff } from './compiled-tariff.js';
import { MINUTE } from './local-time.js';
import { type Discount, takeOff } from './discount.js';
import { type LaterVersion, MeteredTime } from './metered-time.js';
import { nextPenalty, penaltyOf } from './overstay.js';
import { type Presence, Presences } from './presences.js';
import { round, roundedUp } from './rounding.js';
import { taxesOf } from './taxes.js';
import type { TariffRules, Window } from './tariff-rules.js';

/** A stay, and what decides about its price beside its length. */
export interface Stay {
  enteredAt: Date;
  /** When it ends, really or supposedly; before `enteredAt` it counts as that. */
  at: Date;
  /** When the vehicle was away in between, in the order of time: an interruption so short that the stay went on. */
  away?: readonly Presence[];
  /** The share of places that were occupied at the entry, 0 to 1; null: unknown. */
  occupancy?: number | null;
  /** The hours that a permit covers. */
  permitted?: readonly Window[];
  items?: readonly { code: string; quantity: number }[];
  discounts?: readonly Discount[];
  /** The ticket is lost and its entry unknown. */
  lost?: boolean;
  /** A booking that nobody came for, between the two instants. */
  noShow?: boolean;
  /** Versions that begin after the entry, in the order of time: they price the time from then on if the tariff says SPLIT. */
  laterVersions?: readonly LaterVersion[];
}

/** A charge before discounts, tax and the rounding of the total. */
interface Timed {
  lines: ChargeLine[];
  sameUntil: number | null;
}

/**
 * Charges a stay, less what was charged `before` for a part of it: pure, the same for the same arguments. Throws for an item
 * that the tariff does not sell.
 */
export function chargeStay(tariff: CompiledTariff, stay: Stay, before: ChargedBefore | null = null): Charge {
  return new StayCharge(tariff, stay).charge(before);
}

/** What a stay is charged before discounts, tax on top and the rounding of the total. Throws as chargeStay does. */
export const priceStay = (tariff: CompiledTariff, stay: Stay): ChargedBefore =>
  new StayCharge(tariff, stay).price();

/** The charge of a stay that costs nothing: one line says why. */
export function chargeNothing(why: Uncharged, from: Date, to: Date): Charge {
  const line = lineOf(why, [from, to < from ? from : to], 0);
  return { lines: [line], discount: 0, amount: 0, tax: null, taxes: [], sameUntil: null };
}

class StayCharge {
  private readonly rules: TariffRules;
  private readonly presences: Presences;
  private readonly span: [Date, Date];
  private readonly taxPercent: number | null;

  constructor(
    private readonly tariff: CompiledTariff,
    private readonly stay: Stay,
  ) {
    this.rules = tariff.rules;
    this.presences = Presences.of(stay.enteredAt, stay.at, stay.away);
    this.span = [stay.enteredAt, new Date(this.presences.end)];
    this.taxPercent = this.rules.tax?.percent ?? null;
  }

  price(): ChargedBefore {
    return chargedBy(this.timed().lines, ...this.span);
  }

  charge(before: ChargedBefore | null): Charge {
    const timed = this.timed();
    const { lines } = timed;
    let { sameUntil } = timed;
    if (before) lines.push(...creditLines(lines, before));
    const left = sumOf(lines);
    const parking = (other: Timed) => {
      sameUntil = earlier(sameUntil, other.sameUntil);
      return Math.min(left, Math.max(0, parkingIn(other.lines) - (before?.parking ?? 0)));
    };
    const discounts = this.stay.discounts ?? [];
    const settle = (amount: number) => this.settle(amount);
    const off =
      discounts.length === 0 ? [] : takeOff(discounts, parking(timed), this.alternatives(parking), settle);
    for (const { discount, amount } of off) {
      if (amount > 0)
        lines.push({ ...this.line('DISCOUNT', -amount, unitOf(discount)), name: discount.name });
    }
    return {
      ...this.total(lines),
      discount: 0 - sumOf(lines.filter(({ rule }) => rule === 'DISCOUNT')),
      sameUntil: sameUntil === null ? null : new Date(sameUntil),
    };
  }

  /** `skip`: so many minutes at the beginning are not counted. */
  private timed(skip = 0): Timed {
    const { fees, graces } = this.rules;
    const items = this.items();
    if (this.stay.noShow) return this.fixed('NO_SHOW', fees.noShow ?? 0, items);
    if (this.stay.lost && fees.lostTicket !== null) {
      return this.fixed('LOST_TICKET', fees.lostTicket, items);
    }
    const free = graces.entry * MINUTE;
    const { length } = this.presences;
    if (length <= free) {
      const lines = [this.line('FREE_TIME', 0, { minutes: graces.entry }), ...items];
      return { lines, sameUntil: this.presences.end + free - length };
    }
    return this.metered(items, skip + (graces.beyondEntry === 'FROM_GRACE_END' ? graces.entry : 0));
  }

  private metered(items: ChargeLine[], skip: number): Timed {
    const { fees, graces, overstay } = this.rules;
    const counted = this.presences.without(skip * MINUTE, graces.end * MINUTE);
    const metered = this.meter(counted);
    const lines = metered.lines(this.presences.end, this.taxPercent);
    for (const line of lines) line.amount = this.settle(line.amount);
    if (lines.length === 0) lines.push(this.line('FREE_TIME', 0, { minutes: 0 }));
    const time = sumOf(lines);
    const begun = time > 0 || items.length > 0;
    if (begun && fees.start > 0) lines.push(this.line('START_FEE', fees.start));
    lines.push(...items);
    const price = sumOf(lines);
    if (begun && price < fees.minimum) lines.push(this.line('MINIMUM', fees.minimum - price));
    if (fees.maximum !== null && price > fees.maximum) lines.push(this.line('MAXIMUM', fees.maximum - price));
    let sameUntil = metered.freeUntil();
    if (sameUntil !== null) {
      const uncounted = (skip + graces.end) * MINUTE - this.presences.length;
      sameUntil = Math.max(sameUntil, counted.end) + graces.end * MINUTE;
      sameUntil = Math.max(sameUntil, this.presences.end + Math.max(0, uncounted));
    }
    if (overstay) {
      const over = this.presences.length - overstay.after * MINUTE;
      const beyond = () => Math.max(0, time - this.meter(this.presences.without(skip * MINUTE, over)).amount);
      const penalty = penaltyOf(overstay, over, beyond);
      const amount = this.settle(penalty?.amount ?? 0);
      if (penalty && amount > 0) {
        // absences do not count towards the maximum stay
        const [beyondIt] = this.presences.without(overstay.after * MINUTE, 0).parts;
        const from = new Date(beyondIt?.from ?? this.presences.end);
        lines.push({ ...this.line('OVERSTAY', amount), ...penalty, from, amount });
      }
      sameUntil = earlier(sameUntil, nextPenalty(overstay, this.presences.end, over));
    }
    return { lines, sameUntil };
  }

  private meter(presences: Presences): MeteredTime {
    const { enteredAt, occupancy = null, permitted = [], laterVersions = [] } = this.stay;
    const admission = { enteredAt: enteredAt.getTime(), occupancy, permitted };
    const later = this.rules.onNewVersion === 'SPLIT' ? laterVersions : [];
    return new MeteredTime(this.tariff, admission, presences, later);
  }

  private items(): ChargeLine[] {
    return (this.stay.items ?? []).map(({ code, quantity }) => {
      const item = this.rules.items.find((sold) => sold.code === code);
      if (!item) throw new RangeError(`The tariff sells no ${code}.`);
      const counted = roundedUp(quantity, item);
      return {
        ...this.line('ITEM', this.settle(counted * item.price)),
        name: item.name,
        quantity: counted,
        unit: { item: item.unit },
        unitPrice: item.price,
        taxPercent: item.taxPercent ?? this.taxPercent,
      };
    });
  }

  private alternatives(parking: (other: Timed) => number) {
    return {
      withFreeMinutes: (minutes: number) => parking(this.timed(minutes)),
      // what else was bought the other tariff need not sell
      under: (tariff: CompiledTariff) => parking(new StayCharge(tariff, { ...this.stay, items: [] }).timed()),
    };
  }

  /** Adds what comes on top: tax that the prices do not contain, and the rounding of the total. */
  private total(lines: ChargeLine[]): Pick<Charge, 'lines' | 'amount' | 'tax' | 'taxes'> {
    const { tax, rounding } = this.rules;
    let exact = sumOf(lines);
    for (const line of lines) {
      if (rounding.per === 'TOTAL') line.amount = round(line.amount, MINOR);
      // what a cap, a credit or a share leaves of prices in proportion has fractions
      if (!Number.isInteger(line.unitPrice))
        line.unitPrice = line.quantity === 1 ? line.amount : round(line.unitPrice, MINOR);
    }
    const taxes = tax ? taxesOf(tax, lines) : [];
    if (tax && !tax.included) {
      for (const part of taxes.filter((one) => one.tax !== 0)) {
        lines.push({ ...this.line('TAX', part.tax), taxPercent: part.percent });
        exact += part.tax;
      }
    }
    if (rounding.per === 'TOTAL') {
      const difference = round(exact, rounding) - sumOf(lines);
      if (difference !== 0) lines.push({ ...this.line('ROUNDING', difference), taxPercent: null });
    }
    return { lines, amount: sumOf(lines), tax: tax && taxes.reduce((sum, part) => sum + part.tax, 0), taxes };
  }

  private fixed(rule: 'LOST_TICKET' | 'NO_SHOW', fee: number, items: ChargeLine[]): Timed {
    return { lines: [this.line(rule, fee), ...items], sameUntil: null };
  }

  private line(rule: ChargeRule, amount: number, unit: LineUnit | null = null): ChargeLine {
    return { ...lineOf(rule, this.span, amount), unit, taxPercent: this.taxPercent };
  }

  private settle(amount: number): number {
    return this.rules.rounding.per === 'LINE' ? round(amount, this.rules.rounding) : amount;
  }
}

/** What a discount is for, where its line can say more than its amount. */
const unitOf = ({ effect }: Discount): LineUnit | null =>
  effect.kind === 'PERCENT'
    ? { percent: effect.percent }
    : effect.kind === 'FREE_TIME'
      ? { minutes: effect.minutes }
      : null;

const MINOR = { mode: 'HALF_UP', unit: 1 } as const;

const lineOf = (rule: ChargeRule, [from, to]: [Date, Date], amount: number): ChargeLine => ({
  rule,
  name: null,
  from,
  to,
  quantity: 1,
  unit: null,
  unitPrice: amount,
  amount,
  taxPercent: null,
});

const earlier = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);
