import { simpleTariff, type Step, type TariffRules } from '../../tariff/tariff-rules.js';

/** A part of a fare in the Dutch National Parking Register: so much for each so many minutes, from a minute on. */
export interface NprFarePart {
  /** Minutes since the entry at which it begins. */
  startDuration: number;
  /** Minutes that the amount is for. */
  stepSize: number;
  /** Euro with up to 8 decimals, tax included. */
  amount: number;
}

/** A fare calculation of the register. */
export interface NprFare {
  parts: readonly NprFarePart[];
  /** In percent; 0 where the register knows of none. */
  vatPercentage: number;
}

/** Why a fare has no tariff. */
export type NprRefusal =
  | 'NO_PARTS'
  | 'PARTS_BEGIN_TOGETHER'
  | 'DOES_NOT_BEGIN_AT_ENTRY'
  | 'NO_STEP_SIZE'
  | 'FRACTION_OF_A_CENT'
  | 'TOO_LONG';

/** The longest time that a tariff's step may have, in minutes. */
const YEAR = 366 * 1440;
/** Amounts have 8 decimals of a euro: half of the last one, in cents. */
const PRECISION = 0.5e-6;
/** Minutes to state a price in proportion for, the handiest first. */
const SPANS = [60, ...Array.from({ length: 120 }, (_, minute) => minute + 1), 1440, 10_000, 100_000];

/**
 * A fare of the register as the rules of a tariff, or why it can't be one. A part of one minute is a price in
 * proportion, a longer step a started period; the last part goes on for ever.
 */
export function convertNpr({
  parts,
  vatPercentage,
}: NprFare): { rules: TariffRules } | { refusal: NprRefusal } {
  const ordered = parts.toSorted((a, b) => a.startDuration - b.startDuration);
  if (ordered.length === 0) return { refusal: 'NO_PARTS' };
  if (ordered[0]?.startDuration !== 0) return { refusal: 'DOES_NOT_BEGIN_AT_ENTRY' };
  const steps: Step[] = [];
  for (const [place, part] of ordered.entries()) {
    const next = ordered[place + 1]?.startDuration ?? null;
    if (next === part.startDuration) return { refusal: 'PARTS_BEGIN_TOGETHER' };
    if (part.stepSize <= 0) return { refusal: 'NO_STEP_SIZE' };
    if (part.stepSize > YEAR || (next ?? 0) > YEAR) return { refusal: 'TOO_LONG' };
    const price = priceOf(part);
    if (!price) return { refusal: 'FRACTION_OF_A_CENT' };
    steps.push({ upTo: next, ...price });
  }
  const tax = vatPercentage > 0 ? { percent: vatPercentage, included: true } : null;
  return { rules: simpleTariff('EUR', steps, { tax }) };
}

function priceOf({ stepSize, amount }: NprFarePart): Pick<Step, 'minutes' | 'price' | 'prorated'> | null {
  const cents = amount * 100;
  const whole = (times: number) =>
    Math.abs(cents * times - Math.round(cents * times)) <= PRECISION * times * 1.01;
  // a price for each minute is one in proportion, unless it is in whole cents and so is the same by started minutes
  if (whole(1)) return { minutes: stepSize, price: Math.round(cents), prorated: stepSize === 1 && cents > 0 };
  if (stepSize > 1) return null;
  const minutes = SPANS.find(whole);
  return minutes === undefined ? null : { minutes, price: Math.round(cents * minutes), prorated: true };
}
