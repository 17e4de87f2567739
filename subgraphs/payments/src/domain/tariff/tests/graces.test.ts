import {
  charged,
  chargedFor,
  costsFor,
  each,
  eur,
  HOUR,
  hourly,
  later,
  may,
  prorated,
  costs,
  cap,
  DAY,
} from './tariffs.js';
import type { Graces } from '../tariff-rules.js';

const enteredAt = may(4, '10:00');
const MILLISECOND = 1 / 60_000;
const graces = (over: Partial<Graces>): Graces => ({
  entry: 0,
  beyondEntry: 'FROM_START',
  end: 0,
  exit: 15,
  reentry: 0,
  ...over,
});

describe('free minutes on entry', () => {
  const fromStart = hourly({ graces: graces({ entry: 10 }) });
  const fromEnd = hourly({ graces: graces({ entry: 10, beyondEntry: 'FROM_GRACE_END' }) });

  test('cost nothing up to and with their last instant', () => {
    expect(costsFor(fromStart, 10)).toBe(0);
    expect(chargedFor(fromStart, 3)).toMatchObject({
      lines: [{ rule: 'FREE_TIME', unit: { minutes: 10 }, amount: 0 }],
      sameUntil: later(enteredAt, 10),
    });
  });
  test('are charged from minute 0 when they are exceeded', () => {
    const { lines, amount } = chargedFor(fromStart, 10 + MILLISECOND);
    expect(amount).toBe(200);
    expect(lines).toMatchObject([{ rule: 'INCREMENT', from: enteredAt, quantity: 1, unitPrice: 200 }]);
  });
  test('or never, where the tariff says so', () => {
    expect([10, 11, 70, 70 + MILLISECOND].map((minutes) => costsFor(fromEnd, minutes))).toEqual([
      0, 200, 200, 400,
    ]);
    expect(chargedFor(fromEnd, 11)).toMatchObject({
      lines: [{ from: later(enteredAt, 10) }],
      sameUntil: later(enteredAt, 70),
    });
  });
  test('leave the spans of caps where they were: from the entry', () => {
    const rules = { ...fromEnd, caps: [cap(900, 'HOURS_24' as const)] };
    expect(costsFor(rules, DAY + HOUR)).toBe(900 + 200);
  });
});

describe('minutes of grace at the end', () => {
  const rules = hourly({ graces: graces({ end: 5 }) });
  test('are not counted', () => {
    expect([5, 65, 65 + MILLISECOND].map((minutes) => costsFor(rules, minutes))).toEqual([0, 200, 400]);
  });
  test('are said to cost nothing where there is nothing else', () => {
    expect(chargedFor(rules, 2).lines).toMatchObject([{ rule: 'FREE_TIME', amount: 0 }]);
  });
  test('are part of how long the charge holds', () => {
    expect(chargedFor(rules, 61).sameUntil).toEqual(later(enteredAt, 65));
    expect(chargedFor(rules, 2).sameUntil).toEqual(later(enteredAt, 5));
  });
  test('come on top of those on entry', () => {
    const both = hourly({ graces: graces({ entry: 10, beyondEntry: 'FROM_GRACE_END', end: 5 }) });
    expect([12, 15, 16].map((minutes) => costsFor(both, minutes))).toEqual([0, 0, 200]);
    expect(chargedFor(both, 12).sameUntil).toEqual(later(enteredAt, 15));
  });
});

describe('an absence that does not end the stay', () => {
  const away = (from: number, to: number) => ({
    away: [{ from: later(enteredAt, from), to: later(enteredAt, to) }],
  });

  test('is not charged', () => {
    expect(costsFor(eur([prorated(HOUR, 60)]), 120, away(30, 90))).toBe(60);
  });
  test('costs no new period while the old one runs', () => {
    expect(costsFor(hourly(), 60, away(20, 50))).toBe(200);
    expect(costsFor(hourly(), 90, away(20, 50))).toBe(400);
  });
  test('gives the free minutes no second time', () => {
    const rules = hourly({ graces: graces({ entry: 10, reentry: 30 }) });
    expect(costsFor(rules, 24, away(5, 20))).toBe(0);
    expect(costsFor(rules, 26, away(5, 20))).toBe(200);
  });
  test('goes on with the steps where they were', () => {
    const rules = eur([each(HOUR, 300, HOUR), each(HOUR, 100)]);
    expect(costsFor(rules, 3 * HOUR, away(60, 120))).toBe(300 + 100);
  });
  test('may be the end of what is known of a stay', () => {
    const leaving = charged(hourly(), enteredAt, later(enteredAt, 90), away(30, 120));
    expect(leaving.amount).toBe(200);
  });
  test('takes the end grace from what was stayed last', () => {
    const rules = hourly({ graces: graces({ end: 10 }) });
    expect(costsFor(rules, 128, away(60, 120))).toBe(200);
    expect(costsFor(rules, 131, away(60, 120))).toBe(400);
  });
});

test('leaving before entering costs what leaving at once costs', () => {
  expect(costs(hourly(), enteredAt, later(enteredAt, -5))).toBe(0);
});
