import type { DayKind, Window } from '../../tariff/tariff-rules.js';
import { WEEK } from '../coverage.js';
import type { Losses, Path } from '../exchange.js';
import { timeOfDay } from './durations.js';

const DAYS: Readonly<Partial<Record<DayKind, string>>> = {
  MON: 'monday',
  TUE: 'tuesday',
  WED: 'wednesday',
  THU: 'thursday',
  FRI: 'friday',
  SAT: 'saturday',
  SUN: 'sunday',
};
const SPECIAL: Readonly<Partial<Record<DayKind, string>>> = {
  HOLIDAY: 'publicHoliday',
  HOLIDAY_EVE: 'dayBeforePublicHoliday',
};
const MIDNIGHT = 1440;

/** The windows of a band as valid periods, in which hours over midnight of named days are two periods. */
export function periodsOf(windows: readonly Window[], path: Path, losses: Losses): object[] {
  return windows.flatMap(({ days, from, to }, number) => {
    if (to > from || days.length === 0) return [period(days, from, to)];
    const named = WEEK.filter((day) => days.includes(day));
    if (named.length < days.length) {
      losses.add(
        [...path, number],
        { days, from: timeOfDay(from), to: timeOfDay(to) },
        'The morning after a holiday or the day before one cannot be named: hours over midnight end there at midnight.',
      );
    }
    const next = named.map((day) => WEEK[(WEEK.indexOf(day) + 1) % WEEK.length] as DayKind);
    const evening = period(days, from, MIDNIGHT);
    return next.length > 0 ? [evening, period(next, 0, to)] : [evening];
  });
}

function period(days: readonly DayKind[], from: number, to: number): object {
  const named = WEEK.filter((day) => days.includes(day)).map((day) => DAYS[day]);
  const special = days.flatMap((day) => SPECIAL[day] ?? []);
  return {
    ...(named.length > 0 ? { recurringDayWeekMonthPeriod: [{ applicableDay: named }] } : {}),
    ...(special.length > 0
      ? {
          recurringSpecialDay: special.map((specialDayType) => ({
            intersectWithApplicableDays: false,
            specialDayType,
          })),
        }
      : {}),
    ...(from === 0 && to === MIDNIGHT
      ? {}
      : {
          recurringTimePeriodOfDay: [{ startTimeOfPeriod: timeOfDay(from), endTimeOfPeriod: timeOfDay(to) }],
        }),
  };
}
