import type { Band, DayKind, TariffRules, Window } from '../tariff/tariff-rules.js';

export const WEEK: readonly DayKind[] = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const MINUTES_A_DAY = 1440;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

/** True when a stay of some length can cost nothing, so that neither start fee nor minimum is asked of it. */
export function canBeFree({ bands, graces, caps }: TariffRules): boolean {
  if (graces.entry > 0 || graces.end > 0) return true;
  if (bands.some(({ steps }) => (steps[0]?.price ?? 0) === 0)) return true;
  if (caps.some(({ amount }) => amount === 0)) return true;
  return !minutesOf(bands.filter(({ entered }) => entered.length === 0)).every((count) => count > 0);
}

/** True when more than one of the bands can apply at once. A holiday is also a day of the week. */
export const overlap = (bands: readonly Band[]): boolean =>
  minutesOf(bands).some((count) => count > 1) ||
  (bands.length > 1 && bands.some(({ windows }) => windows.some(({ days }) => days.some(isSpecial))));

const isSpecial = (day: DayKind): boolean => !WEEK.includes(day);

/** How many bands apply in each minute of an ordinary week, which begins on Monday. */
function minutesOf(bands: readonly Band[]): Uint8Array {
  const counts = new Uint8Array(MINUTES_A_WEEK);
  for (const { windows } of bands) {
    const within = new Uint8Array(MINUTES_A_WEEK);
    if (windows.length === 0) within.fill(1);
    for (const window of windows) mark(within, window);
    within.forEach((inside, minute) => (counts[minute] = (counts[minute] ?? 0) + inside));
  }
  return counts;
}

function mark(within: Uint8Array, { days, from, to }: Window): void {
  const length = to > from ? to - from : to + MINUTES_A_DAY - from;
  WEEK.forEach((day, number) => {
    if (days.length > 0 && !days.includes(day)) return;
    for (let minute = 0; minute < length; minute += 1) {
      within[(number * MINUTES_A_DAY + from + minute) % MINUTES_A_WEEK] = 1;
    }
  });
}
