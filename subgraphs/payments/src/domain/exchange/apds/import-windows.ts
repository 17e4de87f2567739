import type { DayKind, Window } from '../../tariff/tariff-rules.js';
import type { Losses, Path } from '../exchange.js';
import { minuteOfDay } from './durations.js';
import type { RateTable, ValidPeriod } from './rate-table.js';

const DAYS: Readonly<Record<string, DayKind>> = {
  monday: 'MON',
  tuesday: 'TUE',
  wednesday: 'WED',
  thursday: 'THU',
  friday: 'FRI',
  saturday: 'SAT',
  sunday: 'SUN',
};
const SPECIAL: Readonly<Record<string, DayKind>> = {
  publicHoliday: 'HOLIDAY',
  dayBeforePublicHoliday: 'HOLIDAY_EVE',
};
const MIDNIGHT = 1440;

/** When a rate table applies; null: at no time that can be said here. */
export function windowsOf({ validity }: RateTable, table: Path, losses: Losses): Window[] | null {
  const path = [...table, 'validity'];
  for (const [field, value] of Object.entries(validity ?? {})) {
    if (value == null || field === 'validityTimeSpecification') continue;
    if (field === 'validityStatus' && (value === 'active' || value === 'definedByValidityTimeSpec')) continue;
    losses.add([...path, field], value, 'A tariff is in force from its publication on.');
  }
  const specification = validity?.validityTimeSpecification ?? {};
  for (const [field, value] of Object.entries(specification)) {
    if (value == null || field === 'overallStartTime' || field === 'validPeriods') continue;
    losses.add(
      [...path, 'validityTimeSpecification', field],
      value,
      'A version holds until the next one begins, and knows days of the week and holidays but no single dates.',
    );
  }
  const periods = specification.validPeriods ?? [];
  if (periods.length === 0) return [];
  const read = periods.map((period, number) =>
    periodOf(period, [...path, 'validityTimeSpecification', 'validPeriods', number], losses),
  );
  if (read.some((windows) => windows?.length === 0)) return [];
  const windows = read.flatMap((one) => one ?? []);
  return windows.length === 0 ? null : windows;
}

const PERIOD = [
  'periodName',
  'recurringTimePeriodOfDay',
  'recurringDayWeekMonthPeriod',
  'recurringSpecialDay',
];

/** The windows of a period; none: always; null: it cannot be said. */
function periodOf(period: ValidPeriod, path: Path, losses: Losses): Window[] | null {
  const others = Object.entries(period).filter(([field, value]) => value != null && !PERIOD.includes(field));
  for (const [field, value] of others) {
    losses.add([...path, field], value, 'Hours recur every week here: the period is left out.');
  }
  const days = daysOf(period, path, losses);
  if (others.length > 0 || days === null) return null;
  const times = period.recurringTimePeriodOfDay ?? [];
  if (times.length === 0) return days.length === 0 ? [] : [{ days, from: 0, to: MIDNIGHT }];
  const windows = times.flatMap(({ startTimeOfPeriod, endTimeOfPeriod }): Window[] => {
    const from = minuteOfDay(startTimeOfPeriod) % MIDNIGHT;
    const to = endOf(endTimeOfPeriod);
    if (to > from || days.length === 0) return [{ days, from, to }];
    return [
      { days, from, to: MIDNIGHT },
      { days, from: 0, to },
    ];
  });
  return days.length === 0 && windows.some(({ from, to }) => from === 0 && to === MIDNIGHT) ? [] : windows;
}

/** 23:59 is meant to be midnight: no minute of the day is left out. */
function endOf(time: string): number {
  const minute = minuteOfDay(time) % MIDNIGHT;
  return minute === 0 || minute === MIDNIGHT - 1 ? MIDNIGHT : minute;
}

function daysOf(period: ValidPeriod, path: Path, losses: Losses): DayKind[] | null {
  const named = period.recurringDayWeekMonthPeriod ?? [];
  const days = named.flatMap(({ applicableDay }) => (applicableDay ?? []).map((day) => DAYS[day] as DayKind));
  let known = true;
  named.forEach((one, number) => {
    for (const [field, value] of Object.entries(one)) {
      if (value == null || field === 'applicableDay') continue;
      losses.add(
        [...path, 'recurringDayWeekMonthPeriod', number, field],
        value,
        'Hours recur every week here: the period is left out.',
      );
      known = false;
    }
  });
  (period.recurringSpecialDay ?? []).forEach(({ specialDayType, intersectWithApplicableDays }, number) => {
    const kind = SPECIAL[specialDayType];
    if (kind && !(intersectWithApplicableDays && days.length > 0)) {
      losses.add(
        [...path, 'recurringSpecialDay', number],
        specialDayType,
        'Which dates these are the document does not say: add them to `holidays`.',
      );
      days.push(kind);
      return;
    }
    losses.add(
      [...path, 'recurringSpecialDay', number],
      specialDayType,
      'Only holidays and the days before them are special days here, each as a day of its own: the period is left out.',
    );
    known = false;
  });
  if (!known) return null;
  const unique = [...new Set(days)];
  return unique.filter((day) => day !== 'HOLIDAY' && day !== 'HOLIDAY_EVE').length === 7 ? [] : unique;
}
