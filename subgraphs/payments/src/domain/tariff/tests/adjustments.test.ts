import type { Demand, Overstay } from '../tariff-rules.js';
import {
  chargedFor,
  costs,
  costsFor,
  daily,
  each,
  eur,
  HOUR,
  hourly,
  later,
  may,
  once,
  prorated,
  WORKDAYS,
  charged,
} from './tariffs.js';

const MILLISECOND = 1 / 60_000;

describe('beyond the maximum stay', () => {
  const overstay = (penalty: Overstay['penalty'], grace = 15): { overstay: Overstay } => ({
    overstay: { after: 120, grace, penalty },
  });
  const clamp = hourly(overstay({ kind: 'PERIODS', minutes: 30, price: 1000 }));

  test('some minutes are forgiven', () => {
    expect(chargedFor(clamp, 121)).toMatchObject({ amount: 600, sameUntil: later(may(4, '10:00'), 135) });
    expect(costsFor(clamp, 135)).toBe(600);
  });
  test('periods of penalty count from the maximum stay on', () => {
    expect(costsFor(clamp, 135 + MILLISECOND)).toBe(600 + 1000);
    expect(chargedFor(clamp, 151)).toMatchObject({
      amount: 600 + 2000,
      lines: [
        { rule: 'INCREMENT' },
        {
          rule: 'OVERSTAY',
          quantity: 2,
          unit: { minutes: 30, beyond: 120 },
          unitPrice: 1000,
          amount: 2000,
          from: later(may(4, '10:00'), 120),
          to: later(may(4, '10:00'), 151),
        },
      ],
      sameUntil: later(may(4, '10:00'), 180),
    });
  });
  test('a multiplier raises the price of the time beyond only', () => {
    const double = eur([prorated(HOUR, 200)], overstay({ kind: 'MULTIPLIER', factor: 2 }));
    expect(costsFor(double, 135)).toBe(450);
    expect(costsFor(double, 180)).toBe(600 + 200);
  });
  test('an absence does not count towards the maximum stay', () => {
    const away = [{ from: later(may(4, '10:00'), 60), to: later(may(4, '10:00'), 120) }];
    expect(costsFor(clamp, 180, { away })).toBe(400);
    expect(chargedFor(clamp, 200, { away }).lines.at(-1)).toMatchObject({
      rule: 'OVERSTAY',
      from: later(may(4, '10:00'), 180),
      to: later(may(4, '10:00'), 200),
    });
  });
});

describe('demand', () => {
  const demand = (over: Partial<Demand> = {}): { demand: Demand } => ({
    demand: {
      levels: [
        { from: 0.5, factor: 1.1 },
        { from: 0.8, factor: 1.25 },
        { from: 0, factor: 0.4 },
      ],
      floor: null,
      ceiling: null,
      ...over,
    },
  });
  const at = (occupancy: number | null, over: Partial<Demand> = {}, price = 200) =>
    costsFor(eur([each(HOUR, price)], demand(over)), HOUR, { occupancy });

  test('multiplies by the highest level reached at the entry', () => {
    expect([0.2, 0.5, 0.79, 0.8, 1].map((occupancy) => at(occupancy))).toEqual([80, 220, 220, 250, 250]);
  });
  test('changes nothing where the occupancy is not known', () => {
    expect(at(null)).toBe(200);
  });
  test('has a floor and a ceiling', () => {
    expect(at(0.2, { floor: 100 })).toBe(100);
    expect(at(0.9, { ceiling: 230 })).toBe(230);
  });
  test('leaves a price that is listed below the floor, or above the ceiling, there', () => {
    expect(at(0.2, { floor: 100 }, 50)).toBe(50);
    expect(at(0.9, { ceiling: 230 }, 300)).toBe(300);
  });
});

describe('a permit', () => {
  const permitted = [daily('08:00-18:00', ...WORKDAYS)];

  test('covers its hours, the others are charged', () => {
    const { amount, lines } = charged(hourly(), may(4, '07:00'), may(4, '19:00'), { permitted });
    expect(amount).toBe(400);
    expect(lines.map(({ rule }) => rule)).toEqual(['INCREMENT', 'PERMIT', 'INCREMENT']);
  });
  test('covers nothing on other days', () => {
    expect(costs(hourly(), may(9, '10:00'), may(9, '12:00'), { permitted })).toBe(400);
  });
  test('goes before the cheapest band too', () => {
    const rules = hourly({ overlap: 'CHEAPEST' });
    expect(costs(rules, may(4, '17:00'), may(4, '19:00'), { permitted })).toBe(200);
  });
  test('stands beside prices that are asked once', () => {
    expect(costs(eur([once(500)]), may(4, '17:00'), may(4, '23:00'), { permitted })).toBe(500);
    expect(costs(eur([once(500)]), may(4, '09:00'), may(4, '17:00'), { permitted })).toBe(0);
  });
});
