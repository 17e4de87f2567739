import { PlazaError } from '@plaza/platform/errors';
import { fromDecimal, isCurrencyCode } from '@plaza/platform/money';
import {
  type Band,
  type Overstay,
  type RuleFault,
  type TariffRules,
  UNSAID,
  type Window,
} from '../domain/tariff/tariff-rules.js';
import { checkRules } from './check-tariff-rules.js';
import { MIDNIGHT, readWindow } from './clock-times.js';
import type { BandInput, OverstayInput, TariffRulesInput, WindowInput } from './tariff-rules-input.js';
import { amountLimit, WINDOW_FROM, WINDOW_TO } from './tariff-rules-shape.js';

/** The rules in minor units, or every fault found in them. */
export function readRules(input: TariffRulesInput): { rules: TariffRules } | { faults: RuleFault[] } {
  const reader = new Reader(input.currencyCode);
  const candidate = reader.rules(input);
  return checkRules(candidate, reader.faults);
}

/** Turns what a client wrote into the shape that is checked, and notes what can't be read at all. */
class Reader {
  readonly faults: RuleFault[] = [];

  constructor(private readonly currencyCode: string) {}

  rules(input: TariffRulesInput): TariffRules {
    const { fees, overstay, demand, tax } = input;
    return {
      currencyCode: input.currencyCode,
      overlap: input.overlap ?? UNSAID.overlap,
      holidays: input.holidays ?? UNSAID.holidays,
      onNewVersion: input.onNewVersion ?? UNSAID.onNewVersion,
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
        taxPercent: typeof taxPercent === 'string' ? Number(taxPercent) : null,
      })),
      tax: tax ? { percent: Number(tax.percent), included: tax.included ?? true } : null,
    };
  }

  private band({ name, windows, entered, steps, restart, atEnd }: BandInput, path: string): Band {
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

  private windows(windows: WindowInput[] | null | undefined, path: string): Window[] {
    return (windows ?? []).map((window, at) => {
      const { from, to } = readWindow(window);
      if (from === null) this.faults.push({ path: `${path}.${at}.from`, message: WINDOW_FROM });
      if (to === null) this.faults.push({ path: `${path}.${at}.to`, message: WINDOW_TO });
      return { days: window.days ?? [], from: from ?? 0, to: to ?? MIDNIGHT };
    });
  }

  private overstay({ after, grace, factor, minutes, price }: OverstayInput): Overstay {
    const beyond = { after, grace: grace ?? 0 };
    if (typeof factor === 'number' && minutes == null && price == null)
      return { ...beyond, penalty: { kind: 'MULTIPLIER', factor } };
    const perPeriod = this.maybe('overstay.price', price);
    if (factor == null && typeof minutes === 'number' && typeof price === 'string')
      return { ...beyond, penalty: { kind: 'PERIODS', minutes, price: perPeriod ?? 0 } };
    this.faults.push({
      path: 'overstay.factor',
      message: 'Give either a factor, or minutes and a price.',
    });
    return { ...beyond, penalty: { kind: 'MULTIPLIER', factor: 1 } };
  }

  private maybe(path: string, decimal: string | null | undefined): number | null {
    return typeof decimal === 'string' ? this.amount(path, decimal) : null;
  }

  private minor(path: string, decimal: string): number {
    return this.amount(path, decimal) ?? 0;
  }

  private amount(path: string, decimal: string): number | null {
    // that there is no such currency is told once, of the currency
    if (!isCurrencyCode(this.currencyCode)) return null;
    try {
      return fromDecimal(decimal, this.currencyCode, path);
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      this.faults.push({ path, message: amountLimit(this.currencyCode) });
      return null;
    }
  }
}

/** Without what was not said. */
const said = <Piece extends object>(piece: Piece): { [Field in keyof Piece]?: NonNullable<Piece[Field]> } =>
  Object.fromEntries(Object.entries(piece).filter(([, value]) => value !== null && value !== undefined)) as {
    [Field in keyof Piece]?: NonNullable<Piece[Field]>;
  };
