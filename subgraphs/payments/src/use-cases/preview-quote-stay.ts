import { fromDecimal } from '@plaza/platform/money';
import { PlazaError } from '@plaza/platform/errors';
import type { Stay } from '../domain/tariff/charge.js';
import type { Discount } from '../domain/tariff/discount.js';
import type { RuleFault, Window } from '../domain/tariff/tariff-rules.js';
import { MIDNIGHT, readWindow } from './clock-times.js';
import type { TariffRulesInput, WindowInput } from './tariff-rules-input.js';
import { WINDOW_FROM, WINDOW_TO } from './tariff-rules-shape.js';

/** What is taken off: exactly one of a percentage, a decimal in the currency of the tariff, and minutes. */
export interface SupposedDiscount {
  name?: string | null;
  percent?: string | null;
  amount?: string | null;
  freeMinutes?: number | null;
  /** The most that it takes off, a decimal. */
  most?: string | null;
}

/** What is supposed of a stay beside its times. */
export interface SupposedStay {
  /** The share of places occupied at the entry, 0 to 1. */
  occupancy?: number | null;
  items?: readonly { code: string; quantity: number }[] | null;
  lost?: boolean | null;
  noShow?: boolean | null;
  /** Its hours; none: always. */
  permit?: { windows?: WindowInput[] | null } | null;
  discounts?: readonly SupposedDiscount[] | null;
  absences?: readonly { from: Date; to: Date }[] | null;
}

const MOST_OF_AN_ITEM = 1_000_000;
const MOST_ENTRIES = 20;
const LONGEST_FREE_TIME = 525_600;
const MINUTE = 60_000;
const ALWAYS: Window = { days: [], from: 0, to: MIDNIGHT };

interface Times {
  enteredAt: Date;
  exitedAt: Date;
}

/** What the engine takes of a supposed stay, and all that cannot be supposed of it. */
export function readStay(
  stay: SupposedStay,
  tariff: TariffRulesInput,
  times: Times,
): { stay: Stay; faults: RuleFault[] } {
  const reader = new StayReader(tariff, times);
  const read = reader.stay(stay);
  return { stay: read, faults: reader.faults };
}

class StayReader {
  readonly faults: RuleFault[] = [];

  constructor(
    private readonly tariff: TariffRulesInput,
    private readonly times: Times,
  ) {}

  stay({ occupancy, items, lost, noShow, permit, discounts, absences }: SupposedStay): Stay {
    if (typeof occupancy === 'number' && !(occupancy >= 0 && occupancy <= 1)) {
      this.fault('occupancy', 'A share of the places from 0 to 1: 0.8 is 80 percent.');
    }
    return {
      enteredAt: this.times.enteredAt,
      at: this.times.exitedAt,
      occupancy: occupancy ?? null,
      lost: lost ?? false,
      noShow: noShow ?? false,
      items: this.entries('items', items, (item, path) => this.item(item, path)),
      permitted: permit ? this.hours(permit.windows ?? []) : [],
      discounts: this.entries('discounts', discounts, (discount, path) => this.discount(discount, path)),
      away: this.absences(absences ?? []),
    };
  }

  private entries<Given, Read>(
    path: string,
    given: readonly Given[] | null | undefined,
    read: (one: Given, path: string) => Read,
  ): Read[] {
    if ((given?.length ?? 0) > MOST_ENTRIES) this.fault(path, `At most ${MOST_ENTRIES}.`);
    return (given ?? []).slice(0, MOST_ENTRIES).map((one, at) => read(one, `${path}.${at}`));
  }

  private item(item: { code: string; quantity: number }, path: string) {
    if (!this.tariff.items?.some(({ code }) => code === item.code)) {
      this.fault(`${path}.code`, `The tariff sells no ${item.code}.`);
    }
    if (!(item.quantity >= 0 && item.quantity <= MOST_OF_AN_ITEM)) {
      this.fault(`${path}.quantity`, `A quantity from 0 to ${MOST_OF_AN_ITEM} of the item’s units.`);
    }
    return item;
  }

  private hours(windows: WindowInput[]): Window[] {
    if (windows.length === 0) return [ALWAYS];
    return this.entries('permit.windows', windows, (window, path) => {
      const { from, to } = readWindow(window);
      if (from === null) this.fault(`${path}.from`, WINDOW_FROM);
      if (to === null) this.fault(`${path}.to`, WINDOW_TO);
      return { days: window.days ?? [], from: from ?? 0, to: to ?? MIDNIGHT };
    });
  }

  private discount({ name, percent, amount, freeMinutes, most }: SupposedDiscount, path: string): Discount {
    const effects: Discount['effect'][] = [];
    if (percent != null) effects.push({ kind: 'PERCENT', percent: this.percent(percent, `${path}.percent`) });
    if (amount != null) effects.push({ kind: 'AMOUNT', amount: this.minor(amount, `${path}.amount`) });
    if (freeMinutes != null) {
      if (!(freeMinutes >= 1 && freeMinutes <= LONGEST_FREE_TIME)) {
        this.fault(`${path}.freeMinutes`, `From 1 to ${LONGEST_FREE_TIME} whole minutes (365 days).`);
      }
      effects.push({ kind: 'FREE_TIME', minutes: freeMinutes });
    }
    const [effect = { kind: 'AMOUNT' as const, amount: 0 }] = effects;
    if (effects.length !== 1) this.fault(path, 'Give one of percent, amount and freeMinutes.');
    return { name: name ?? 'Discount', effect, most: most == null ? null : this.minor(most, `${path}.most`) };
  }

  private percent(text: string, path: string): number {
    const percent = Number(text);
    if (!/^\d{1,3}(\.\d{1,3})?$/.test(text) || percent > 100) {
      this.fault(path, 'From 0 to 100 percent, with at most 3 decimals.');
    }
    return percent;
  }

  private minor(decimal: string, path: string): number {
    try {
      const minor = fromDecimal(decimal, this.tariff.currencyCode);
      if (minor < 0) this.fault(path, 'Cannot be negative.');
      return minor;
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      this.fault(path, error.message);
      return 0;
    }
  }

  /** Only what the tariff lets the stay go on after: a longer absence ends it. */
  private absences(absences: readonly { from: Date; to: Date }[]): Stay['away'] {
    const { enteredAt, exitedAt } = this.times;
    const reentry = this.tariff.graces?.reentry ?? 0;
    let back = enteredAt;
    return this.entries('absences', absences, ({ from, to }, path) => {
      if (from < back)
        this.fault(`${path}.from`, 'This lies before the entry or before the absence listed above it ended.');
      if (to < from) this.fault(`${path}.to`, 'The vehicle comes back before it leaves.');
      else if (to > exitedAt) this.fault(`${path}.to`, 'This lies after the exit.');
      else if (to.getTime() - from.getTime() > reentry * MINUTE) {
        this.fault(
          `${path}.to`,
          `Under this tariff a stay goes on after an absence of at most ${reentry} minutes (graces.reentry).`,
        );
      }
      back = to;
      return { from, to };
    });
  }

  private fault(field: string, message: string): void {
    this.faults.push({ path: `stay.${field}`, message });
  }
}
