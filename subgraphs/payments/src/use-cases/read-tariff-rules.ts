import { PlazaError } from '@plaza/platform/errors';
import { fromDecimal } from '@plaza/platform/money';
import { type RuleFault, type TariffRules, UNSAID } from '../domain/tariff/tariff-rules.js';
import { checkRules } from './check-tariff-rules.js';
import { MIDNIGHT, minutesOfClock } from './clock-times.js';
import type { BandInput, OverstayInput, TariffRulesInput, WindowInput } from './tariff-rules-input.js';

/** The rules in minor units, or every fault found in them. */
export function readRules(input: TariffRulesInput): { rules: TariffRules } | { faults: RuleFault[] } {
  const reader = new Reader(input.currencyCode);
  const candidate = reader.rules(input);
  return reader.faults.length > 0 ? { faults: reader.faults } : checkRules(candidate);
}

/** Turns what a client wrote into the shape that is checked, and notes what can't be read at all. */
class Reader {
  readonly faults: RuleFault[] = [];

  constructor(private readonly currencyCode: string) {}

  rules(input: TariffRulesInput): unknown {
    const { fees, overstay, demand, tax } = input;
    return {
      ...UNSAID,
      ...said({ currencyCode: input.currencyCode, overlap: input.overlap, holidays: input.holidays }),
      ...said({ onNewVersion: input.onNewVersion }),
      bands: input.bands.map((band, at) => this.band(band, `bands.${at}`)),
      caps: (input.caps ?? []).map(({ amount, per, bands, only }, at) => ({
        amount: this.minor(`caps.${at}.amount`, amount),
        per,
        bands: bands ?? [],
        only: only ? { nth: only.nth, repeating: only.repeating ?? false } : null,
      })),
      graces: { ...UNSAID.graces, ...said(input.graces ?? {}) },
      rounding: { ...UNSAID.rounding, ...said(input.rounding ?? {}) },
      fees: {
        start: this.maybe('fees.start', fees?.start) ?? 0,
        minimum: this.maybe('fees.minimum', fees?.minimum) ?? 0,
        maximum: this.maybe('fees.maximum', fees?.maximum),
        lostTicket: this.maybe('fees.lostTicket', fees?.lostTicket),
        noShow: this.maybe('fees.noShow', fees?.noShow),
      },
      overstay: overstay ? this.overstay(overstay) : null,
      demand: demand
        ? {
            levels: demand.levels.map(({ from, factor }) => ({ from, factor })),
            floor: this.maybe('demand.floor', demand.floor),
            ceiling: this.maybe('demand.ceiling', demand.ceiling),
          }
        : null,
      items: (input.items ?? []).map(({ code, name, unit, price, step, taxPercent }, at) => ({
        code,
        name,
        unit,
        price: this.minor(`items.${at}.price`, price),
        step: step ?? 0,
        taxPercent: taxPercent ? Number(taxPercent) : null,
      })),
      tax: tax ? { percent: Number(tax.percent), included: tax.included ?? true } : null,
    };
  }

  private band({ name, windows, entered, steps, restart, atEnd }: BandInput, path: string) {
    return {
      name: name ?? 'Parking',
      windows: this.windows(windows, `${path}.windows`),
      entered: this.windows(entered, `${path}.entered`),
      steps: steps.map(({ upTo, minutes, price, prorated }, at) => ({
        upTo: upTo ?? null,
        minutes: minutes ?? null,
        price: this.minor(`${path}.steps.${at}.price`, price),
        prorated: prorated ?? false,
      })),
      restart: restart ?? 'NEVER',
      atEnd: atEnd ?? 'CUT',
    };
  }

  private windows(windows: WindowInput[] | null | undefined, path: string) {
    return (windows ?? []).map(({ days, from, to }, at) => ({
      days: days ?? [],
      from: this.minutes(`${path}.${at}.from`, from),
      to: this.minutes(`${path}.${at}.to`, to) || MIDNIGHT,
    }));
  }

  private overstay({ after, grace, factor, minutes, price }: OverstayInput) {
    const byFactor = typeof factor === 'number';
    if (byFactor === (typeof minutes === 'number' && typeof price === 'string')) {
      const message = 'Give either a factor, or minutes and a price.';
      this.faults.push({ path: 'overstay.factor', message });
    }
    return {
      after,
      grace: grace ?? 0,
      penalty: byFactor
        ? { kind: 'MULTIPLIER', factor }
        : { kind: 'PERIODS', minutes, price: this.maybe('overstay.price', price) },
    };
  }

  private maybe(path: string, decimal: string | null | undefined): number | null {
    return typeof decimal === 'string' ? this.minor(path, decimal) : null;
  }

  private minor(path: string, decimal: string): number {
    try {
      return fromDecimal(decimal, this.currencyCode, path);
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      this.faults.push({ path, message: error.message });
      return 0;
    }
  }

  private minutes(path: string, time: string): number {
    const minutes = minutesOfClock(time);
    if (minutes !== null) return minutes;
    this.faults.push({ path, message: 'A local time such as "08:00", at most "24:00".' });
    return 0;
  }
}

/** Without what was not said. */
const said = <Piece extends object>(piece: Piece): object =>
  Object.fromEntries(Object.entries(piece).filter(([, value]) => value !== null && value !== undefined));
