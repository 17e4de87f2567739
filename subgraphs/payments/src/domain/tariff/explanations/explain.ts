import type { ChargeLine } from '../charge-line.js';
import { english } from './english.js';
import { moneyIn, percentIn } from './figures.js';
import type { Phrases } from './phrases.js';
import { spanish } from './spanish.js';

/** The languages of explanations, by their BCP 47 tags. Another one is another file of phrases. */
export const LANGUAGES = { EN: english, ES: spanish } as const satisfies Record<string, Phrases>;
export type Language = keyof typeof LANGUAGES;

/** A line of a charge as a sentence that a driver understands. */
export function explain(line: ChargeLine, currencyCode: string, language: Language = 'EN'): string {
  const say: Phrases = LANGUAGES[language];
  const { rule, name, quantity, unit } = line;
  const money = (minor: number) => moneyIn(say.tag, minor, currencyCode);
  const price = money(line.unitPrice);
  const duration = unit && 'minutes' in unit ? say.duration(unit.minutes) : null;
  switch (rule) {
    case 'FREE_TIME':
      return unit
        ? say.freeOnEntry(unit && 'minutes' in unit && unit.minutes > 0 ? duration : null)
        : say.freeTime(name);
    case 'PERMIT':
      return say.permit();
    case 'INCREMENT':
      return say.increments(quantity, duration ?? '', price, name);
    case 'TIME':
      return say.time(
        unit && 'minutes' in unit ? Math.round(quantity * unit.minutes) : 0,
        duration ?? '',
        price,
        name,
      );
    case 'FLAT':
      return quantity === 0 ? say.coveredByFlat(name) : say.flat(price, name);
    case 'CAP':
      return say.cap(quantity, unit && 'per' in unit ? unit.per : 'STAY', price, name);
    case 'START_FEE':
      return say.startFee(price);
    case 'MINIMUM':
      return say.minimum(money(line.amount));
    case 'MAXIMUM':
      return say.maximum(money(-line.amount));
    case 'LOST_TICKET':
      return say.lostTicket();
    case 'NO_SHOW':
      return say.noShow();
    case 'OVERSTAY':
      return unit && 'beyond' in unit
        ? say.overstayPeriods(say.duration(unit.beyond), quantity, duration ?? '', price)
        : say.overstay(duration ?? '', money(line.amount));
    case 'ITEM':
      return say.item(name ?? '', quantity, unit && 'item' in unit ? unit.item : '', price);
    case 'EARLIER_PART':
      return say.earlierPart(line.amount === 0 ? null : money(-line.amount));
    case 'DISCOUNT':
      return explainDiscount(line, say, money(-line.amount));
    case 'TAX':
      return say.tax(percentIn(say.tag, line.taxPercent ?? 0));
    case 'ROUNDING':
      return say.rounding();
    case 'NO_TARIFF':
      return say.noTariff();
    case 'VOID':
      return say.void();
  }
}

function explainDiscount({ name, unit }: ChargeLine, say: Phrases, off: string): string {
  const named = name ?? '';
  if (unit && 'percent' in unit) return say.discountPercent(named, percentIn(say.tag, unit.percent), off);
  if (unit && 'minutes' in unit) return say.discountTime(named, say.duration(unit.minutes), off);
  return say.discount(named, off);
}
