import {
  band,
  banded,
  charged,
  costs,
  costsFor,
  daily,
  DAY,
  each,
  HOUR,
  later,
  may,
  once,
  prorated,
  WORKDAYS,
  eur,
} from './tariffs.js';

const day = band('Day', [daily('08:00-20:00')], [each(HOUR, 200)]);
const night = band('Night', [daily('20:00-08:00')], [each(HOUR, 100)]);

describe('a band applies', () => {
  test('on its weekdays', () => {
    const rules = banded([
      band('Week', [daily('00:00-24:00', ...WORKDAYS)], [each(HOUR, 300)]),
      band('Weekend', [daily('00:00-24:00', 'SAT', 'SUN')], [each(HOUR, 100)]),
    ]);
    expect(costs(rules, may(8, '22:00'), may(9, '02:00'))).toBe(2 * 300 + 2 * 100);
    expect(costs(rules, may(10, '23:00'), may(11, '01:00'))).toBe(100 + 300);
  });

  test('on holidays and on the day before them', () => {
    const rules = banded(
      [
        band('Holiday', [daily('00:00-24:00', 'HOLIDAY')], [each(HOUR, 50)]),
        band('Eve', [daily('18:00-24:00', 'HOLIDAY_EVE')], [each(HOUR, 80)]),
        band('Else', [], [each(HOUR, 200)]),
      ],
      { holidays: ['2026-12-25'] },
    );
    const [from, to] = [new Date('2026-12-24T16:00:00Z'), new Date('2026-12-25T01:00:00Z')];
    expect(costs(rules, from, to)).toBe(200 + 6 * 80 + 2 * 50);
    expect(costs({ ...rules, holidays: [] }, from, to)).toBe(9 * 200);
  });

  test('over midnight for the day on which it began', () => {
    const rules = banded([
      band('Friday night', [daily('20:00-08:00', 'FRI')], [each(HOUR, 100)]),
      band('Else', [], [each(HOUR, 200)]),
    ]);
    expect(costs(rules, may(9, '02:00'), may(9, '10:00'))).toBe(6 * 100 + 2 * 200);
    expect(costs(rules, may(8, '02:00'), may(8, '10:00'))).toBe(8 * 200);
  });

  test('not where an earlier one does', () => {
    const rules = banded([band('Lunch', [daily('12:00-14:00')], [each(HOUR, 50)]), day]);
    expect(costs(rules, may(4, '11:00'), may(4, '15:00'))).toBe(200 + 2 * 50 + 200);
  });

  test('for no time at all where none is listed: that costs nothing', () => {
    const { amount, lines } = charged(banded([day]), may(4, '18:00'), may(4, '22:00'));
    expect(amount).toBe(400);
    expect(lines.map(({ rule, from, to }) => [rule, from, to])).toEqual([
      ['INCREMENT', may(4, '18:00'), may(4, '20:00')],
      ['FREE_TIME', may(4, '20:00'), may(4, '22:00')],
    ]);
  });

  test('only to those who entered in its window, its last minute not being one of it', () => {
    const early = band('Early bird', [], [once(1200)], { entered: [daily('06:00-09:00', ...WORKDAYS)] });
    const rules = banded([early, band('Else', [], [each(HOUR, 300)])]);
    expect(costs(rules, may(4, '06:00'), may(4, '17:00'))).toBe(1200);
    expect(costs(rules, may(4, '08:59'), may(4, '18:00'))).toBe(1200);
    expect(costs(rules, may(4, '09:00'), may(4, '18:00'))).toBe(9 * 300);
    expect(costs(rules, may(9, '07:00'), may(9, '09:00'))).toBe(2 * 300);
  });

  test('to those who entered in a window over midnight', () => {
    const party = band('Party', [], [once(500)], { entered: [daily('22:00-02:00', 'FRI')] });
    const rules = banded([party, band('Else', [], [each(HOUR, 300)])]);
    expect(costs(rules, may(9, '01:59'), may(9, '06:59'))).toBe(500);
    expect(costs(rules, may(9, '02:00'), may(9, '07:00'))).toBe(1500);
    expect(costs(rules, may(8, '01:00'), may(8, '06:00'))).toBe(1500);
  });
});

describe('a period that is under way when its band ends', () => {
  test('is cut off there', () => {
    const rules = banded([day, night]);
    expect(costs(rules, may(4, '19:30'), may(4, '20:15'))).toBe(200 + 100);
    expect(costs(rules, may(4, '19:30'), may(4, '21:15'))).toBe(200 + 2 * 100);
  });
  test('or ends first', () => {
    const rules = banded([{ ...day, atEnd: 'RUN_ON' }, night]);
    expect(costs(rules, may(4, '19:30'), may(4, '20:15'))).toBe(200);
    expect(costs(rules, may(4, '19:30'), may(4, '21:15'))).toBe(200 + 100);
  });
  test('runs on at midnight where the band does', () => {
    expect(costs(banded([day, night]), may(4, '23:30'), may(5, '00:20'))).toBe(100);
  });
  test('is proportionate up to the end where prices are', () => {
    const rules = banded([
      band('Day', [daily('08:00-20:00')], [prorated(HOUR, 200)], { atEnd: 'RUN_ON' }),
      night,
    ]);
    expect(costs(rules, may(4, '19:45'), may(4, '20:30'))).toBe(50 + 100);
  });
});

describe('steps', () => {
  const falling = [once(300, HOUR), each(HOUR, 100)];
  const restarting = (restart: 'NEVER' | 'HOURS_24' | 'DAY') =>
    banded([band('Parking', [], falling, { restart })]);

  test('begin anew never', () => {
    expect(costs(restarting('NEVER'), may(4, '22:00'), may(6, '01:00'))).toBe(300 + 26 * 100);
  });
  test('begin anew each 24 hours from the entry', () => {
    expect(costs(restarting('HOURS_24'), may(4, '22:00'), may(6, '00:00'))).toBe(300 + 23 * 100 + 300 + 100);
  });
  test('begin anew at local midnight', () => {
    expect(costs(restarting('DAY'), may(4, '22:00'), may(6, '01:00'))).toBe(400 + (300 + 23 * 100) + 300);
  });
  test('cut off the period that is under way where they begin anew', () => {
    const rules = banded([band('Parking', [], [each(HOUR, 200)], { restart: 'DAY' })]);
    expect(costs(rules, may(4, '23:30'), may(5, '00:20'))).toBe(400);
    const seven = banded([band('Parking', [], [each(7 * HOUR, 500)], { restart: 'HOURS_24' })]);
    expect(costsFor(seven, DAY)).toBe(4 * 500);
    expect(costsFor(seven, DAY + 1)).toBe(5 * 500);
  });
  test('begin anew whenever the band does', () => {
    const [from, to] = [may(4, '18:00'), may(5, '10:00')];
    const opening = (restart: 'BAND' | 'NEVER') =>
      banded([band('Day', [daily('08:00-20:00')], falling, { restart })]);
    expect(costs(opening('BAND'), from, to)).toBe(2 * (300 + 100));
    expect(costs(opening('NEVER'), from, to)).toBe(300 + 3 * 100);
  });
  test('may be free in between, and cost nothing beyond the last', () => {
    const gap = eur([each(HOUR, 200, HOUR), each(HOUR, 0, 2 * HOUR), each(HOUR, 100, 4 * HOUR)]);
    expect([30, 60, 61, 120, 121, 180, 240, 2400].map((minutes) => costsFor(gap, minutes))).toEqual([
      200, 200, 200, 200, 300, 300, 400, 400,
    ]);
  });
  test('cut the period at their end', () => {
    const rules = eur([each(HOUR, 300, 90), each(HOUR, 100)]);
    expect([60, 61, 90, 91, 150, 151].map((minutes) => costsFor(rules, minutes))).toEqual([
      300, 600, 600, 700, 700, 800,
    ]);
  });
  test('in proportion are charged by the millisecond', () => {
    expect(costsFor(eur([prorated(HOUR, 180)]), 10.5)).toBe(32);
    expect(costsFor(eur([prorated(HOUR, 3_600_000)]), 1 / 60_000)).toBe(1);
  });
  test('that are paid once are not asked again in the next span of a cap', () => {
    const rules = eur([once(300)], { caps: [{ amount: 9000, per: 'DAY', bands: [], only: null }] });
    expect(costsFor(rules, 3 * DAY)).toBe(300);
  });
});

describe('where several bands apply', () => {
  const ticket = band('Day ticket', [], [once(1200)]);
  const single = band('Single', [], [each(HOUR, 250)]);

  test('the one that costs this stay least is charged', () => {
    const rules = banded([ticket, single], { overlap: 'CHEAPEST' });
    expect([4, 5, 9].map((hours) => costsFor(rules, hours * HOUR))).toEqual([1000, 1200, 1200]);
    expect(costsFor({ ...rules, overlap: 'FIRST' }, HOUR)).toBe(1200);
  });
  test('the choice is made for each stretch of time in which the same ones apply', () => {
    const evening = band('Evening', [daily('18:00-24:00')], [once(500)]);
    const rules = banded([evening, band('Single', [], [each(HOUR, 200)])], { overlap: 'CHEAPEST' });
    expect(costs(rules, may(4, '17:00'), may(4, '20:00'))).toBe(200 + 400);
    expect(costs(rules, may(4, '17:00'), may(4, '23:00'))).toBe(200 + 500);
  });
  test('the choice counts all the time there, an absence in between left out', () => {
    const rules = banded([ticket, single], { overlap: 'CHEAPEST' });
    const away = [{ from: later(may(4, '10:00'), 2 * HOUR), to: later(may(4, '10:00'), 3 * HOUR) }];
    expect(costsFor(rules, 12 * HOUR, { away })).toBe(1200);
  });
});

describe('when the clocks change', () => {
  const early = band('Night', [daily('00:00-06:00')], [each(HOUR, 100)]);
  const rest = band('Day', [daily('06:00-24:00')], [each(HOUR, 200)]);
  const wholeDay = (from: string, to: string, rules = banded([early, rest])) =>
    costs(rules, new Date(from), new Date(to));

  test('elapsed hours are charged, in bands of the clock on the wall', () => {
    expect(wholeDay('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toBe(5 * 100 + 18 * 200);
    expect(wholeDay('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe(7 * 100 + 18 * 200);
  });
  test('a window that the clock leaps over does not come, at midnight neither', () => {
    const rules = banded([
      band('Gone', [daily('00:00-01:00')], [each(HOUR, 9000)]),
      band('Else', [], [each(HOUR, 100)]),
    ]);
    const [from, to] = [new Date('2026-03-28T20:00:00Z'), new Date('2026-03-29T00:00:00Z')];
    expect(costs(rules, from, to, {}, 'Asia/Beirut')).toBe(4 * 100);
  });
});
