import fc from 'fast-check';
import { chargeStay } from './charge.js';
import type { TariffRules } from './tariff-rules.js';

const rules = (over: Partial<TariffRules> = {}): TariffRules => ({
  currencyCode: 'EUR',
  freeMinutes: 0,
  increment: { minutes: 60, price: 200 },
  dailyCap: null,
  exitGraceMinutes: 15,
  taxPercent: null,
  ...over,
});
const entry = new Date('2026-03-28T20:00:00.000Z');
const minutesLater = (minutes: number) => new Date(entry.getTime() + minutes * 60_000);
const cost = (tariff: TariffRules, minutes: number) =>
  chargeStay(tariff, entry, minutesLater(minutes)).amount;

const yen = (minutes: number, price: number, dailyCap: number | null) =>
  rules({ currencyCode: 'JPY', increment: { minutes, price }, dailyCap });
const HOUR = 60;
const DAY = 1440;

describe('a published example of', () => {
  const parkcode = yen(20, 100, null);
  const parkcodeCapped = yen(20, 200, 1500);
  const coya = yen(10, 100, 2000);
  const economy = rules({ currencyCode: 'USD', dailyCap: 900 });
  test.each([
    ['parkcode.appbatake.com: 100 a started 20 minutes', parkcode, 21, 200],
    ['parkcode.appbatake.com: 100 a started 20 minutes', parkcode, 30, 200],
    ['parkcode.appbatake.com: 100 a started 20 minutes', parkcode, 60, 300],
    ['parkcode.appbatake.com: 100 a started 20 minutes', parkcode, 120, 600],
    ['parkcode.appbatake.com: at most 1,500 a 24 h', parkcodeCapped, 3 * HOUR, 1500],
    ['parkcode.appbatake.com: at most 1,500 a 24 h', parkcodeCapped, DAY, 1500],
    ['coyabadance.org: 100 a 10 minutes', coya, 3 * HOUR, 1800],
    ['coyabadance.org: 24-hour maximum 2,000', coya, 12 * HOUR, 2000],
    ['mgaertne/airport economy: 2 an hour', economy, 30, 200],
    ['mgaertne/airport economy: 2 an hour', economy, HOUR, 200],
    ['mgaertne/airport economy: 2 an hour', economy, 4 * HOUR, 800],
    ['mgaertne/airport economy: 9 a day', economy, 5 * HOUR, 900],
    ['mgaertne/airport economy: 9 a day', economy, 24 * HOUR, 900],
    ['mgaertne/airport economy: 9 a day', economy, DAY + HOUR, 1100],
    ['mgaertne/airport economy: 9 a day', economy, DAY + 3 * HOUR, 1500],
    ['mgaertne/airport economy: 9 a day', economy, DAY + 5 * HOUR, 1800],
    ['mgaertne/airport economy: 9 a day', economy, 6 * DAY, 5400],
  ])('%s (%#)', (_source, tariff, minutes, expected) => {
    expect(cost(tariff, minutes)).toBe(expected);
  });
});

describe('free time on entry', () => {
  const tariff = rules({ freeMinutes: 10 });
  test('costs nothing up to and with its last instant', () => {
    expect(cost(tariff, 10)).toBe(0);
    expect(chargeStay(tariff, entry, minutesLater(3)).sameUntil).toEqual(minutesLater(10));
  });
  test('is charged from minute 0 when it is exceeded', () => {
    const { lines, amount } = chargeStay(tariff, entry, new Date(minutesLater(10).getTime() + 1));
    expect(amount).toBe(200);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ rule: 'INCREMENT', from: entry, quantity: 1, unitPrice: 200 });
  });
});

test('elapsed time is billed, whatever the clocks on the wall do that night', () => {
  // 2026-03-29 has 23 hours in Madrid
  expect(cost(rules(), 12 * HOUR)).toBe(2400);
});

test('a day whose periods do not fill it starts its periods anew', () => {
  const tariff = rules({ increment: { minutes: 7 * 60, price: 500 }, dailyCap: 2000 });
  expect(cost(tariff, DAY)).toBe(2000);
  expect(cost(tariff, DAY + 1)).toBe(2500);
});

test('lines explain themselves', () => {
  const { lines } = chargeStay(rules({ dailyCap: 900 }), entry, minutesLater(2 * DAY + 90));
  expect(lines.map((line) => [line.rule, line.quantity, line.amount, line.explanation])).toEqual([
    ['DAILY_CAP', 2, 1800, '2 days of 24 hours at the daily maximum of EUR 9.00.'],
    ['INCREMENT', 2, 400, '2 started periods of 1 hour at EUR 2.00.'],
  ]);
  expect(lines[0]?.to).toEqual(lines[1]?.from);
});

test('leaving before entering costs what leaving at once costs', () => {
  expect(cost(rules(), -5)).toBe(0);
});

const anyRules = fc
  .record({
    freeMinutes: fc.integer({ min: 0, max: 60 }),
    minutes: fc.integer({ min: 1, max: 1440 }),
    price: fc.integer({ min: 0, max: 5000 }),
    dailyCap: fc.option(fc.integer({ min: 5000, max: 20_000 })),
  })
  .map(({ freeMinutes, minutes, price, dailyCap }) =>
    rules({ freeMinutes, increment: { minutes, price }, dailyCap }),
  );
const anySpan = fc.integer({ min: 0, max: 10 * DAY * 60_000 });
const at = (milliseconds: number) => new Date(entry.getTime() + milliseconds);

describe('whatever the tariff and the stay', () => {
  test('a charge is never negative, its lines add up, cover the stay and multiply', () => {
    fc.assert(
      fc.property(anyRules, anySpan, (tariff, span) => {
        const { lines, amount } = chargeStay(tariff, entry, at(span));
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(amount);
        for (const line of lines) expect(line.quantity * line.unitPrice).toBe(line.amount);
        if (lines.length > 0) expect([lines[0]?.from, lines.at(-1)?.to]).toEqual([entry, at(span)]);
      }),
    );
  });
  test('staying longer never costs less', () => {
    fc.assert(
      fc.property(anyRules, anySpan, anySpan, (tariff, one, other) => {
        const [short, long] = one < other ? [one, other] : [other, one];
        expect(chargeStay(tariff, entry, at(short)).amount).toBeLessThanOrEqual(
          chargeStay(tariff, entry, at(long)).amount,
        );
      }),
    );
  });
  test('each 24 hours cost the cap at most', () => {
    fc.assert(
      fc.property(anyRules, anySpan, (tariff, span) => {
        const days = Math.ceil(span / (DAY * 60_000));
        if (tariff.dailyCap !== null) {
          expect(chargeStay(tariff, entry, at(span)).amount).toBeLessThanOrEqual(days * tariff.dailyCap);
        }
      }),
    );
  });
  test('the charge holds until sameUntil, and a millisecond later it is another', () => {
    fc.assert(
      fc.property(anyRules, anySpan, (tariff, span) => {
        fc.pre(tariff.increment.price > 0);
        const { amount, sameUntil } = chargeStay(tariff, entry, at(span));
        const until = (sameUntil as Date).getTime();
        expect(until).toBeGreaterThanOrEqual(at(span).getTime());
        expect(chargeStay(tariff, entry, new Date(until)).amount).toBe(amount);
        expect(chargeStay(tariff, entry, new Date(until + 1)).amount).toBeGreaterThan(amount);
      }),
    );
  });
});
