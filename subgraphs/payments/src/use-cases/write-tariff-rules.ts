import { toDecimal } from '@plaza/platform/money';
import type { TariffRules, Window } from '../domain/tariff/tariff-rules.js';
import { clockTime } from './clock-times.js';
import type { TariffRulesInput } from './tariff-rules-input.js';

/** The rules as a client would write them: what is read can be published again. */
export function writtenRules(rules: TariffRules): Required<TariffRulesInput> {
  const money = (minor: number) => toDecimal(minor, rules.currencyCode);
  const maybe = (minor: number | null) => (minor === null ? null : money(minor));
  const windows = (all: Window[]) =>
    all.map(({ days, from, to }) => ({ days, from: clockTime(from), to: clockTime(to) }));
  const { overstay, demand, fees, tax } = rules;
  return {
    ...rules,
    bands: rules.bands.map((band) => ({
      ...band,
      windows: windows(band.windows),
      entered: windows(band.entered),
      steps: band.steps.map((step) => ({ ...step, price: money(step.price) })),
    })),
    caps: rules.caps.map((cap) => ({ ...cap, amount: money(cap.amount) })),
    fees: {
      start: money(fees.start),
      minimum: money(fees.minimum),
      maximum: maybe(fees.maximum),
      lostTicket: maybe(fees.lostTicket),
      noShow: maybe(fees.noShow),
    },
    overstay: overstay && {
      after: overstay.after,
      grace: overstay.grace,
      ...(overstay.penalty.kind === 'MULTIPLIER'
        ? { factor: overstay.penalty.factor }
        : { minutes: overstay.penalty.minutes, price: money(overstay.penalty.price) }),
    },
    demand: demand && { ...demand, floor: maybe(demand.floor), ceiling: maybe(demand.ceiling) },
    items: rules.items.map((item) => ({
      ...item,
      price: money(item.price),
      taxPercent: item.taxPercent === null ? null : String(item.taxPercent),
    })),
    tax: tax && { ...tax, percent: String(tax.percent) },
  };
}
