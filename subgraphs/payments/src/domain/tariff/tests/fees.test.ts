import type { Fees, Item } from '../tariff-rules.js';
import { chargedFor, costsFor, each, eur, HOUR, hourly } from './tariffs.js';

const fees = (over: Partial<Fees>): { fees: Fees } => ({
  fees: { start: 0, minimum: 0, maximum: null, lostTicket: null, noShow: null, ...over },
});
const energy: Item = { code: 'EV_ENERGY', name: 'Energy', unit: 'kWh', price: 45, step: 0.1, taxPercent: 10 };
const wash: Item = { code: 'WASH', name: 'Car wash', unit: 'piece', price: 1500, step: 1, taxPercent: null };
const selling = hourly({ items: [energy, wash], tax: { percent: 21, included: true } });

describe('the start fee', () => {
  test('is asked once', () => {
    expect(costsFor(hourly(fees({ start: 50 })), 3 * HOUR)).toBe(650);
  });
  test('is not asked of a stay that is free', () => {
    const rules = hourly({
      ...fees({ start: 50 }),
      graces: { entry: 10, beyondEntry: 'FROM_START', end: 0, exit: 15, reentry: 0 },
    });
    expect(costsFor(rules, 10)).toBe(0);
    expect(costsFor(rules, 11)).toBe(250);
  });
});

test('no start fee is asked where time costs nothing', () => {
  expect(costsFor(eur([each(HOUR, 0, 120), each(HOUR, 200)], fees({ start: 50 })), 90)).toBe(0);
});

describe('the minimum', () => {
  test('is what time and start fee cost at least', () => {
    const rules = hourly(fees({ start: 50, minimum: 300 }));
    expect(chargedFor(rules, 30).lines.map(({ rule, amount }) => [rule, amount])).toEqual([
      ['INCREMENT', 200],
      ['START_FEE', 50],
      ['MINIMUM', 50],
    ]);
    expect(costsFor(rules, 90)).toBe(450);
  });
  test('is not asked of a stay that costs nothing', () => {
    expect(costsFor(hourly(fees({ minimum: 300 })), 0)).toBe(0);
  });
});

test('the maximum takes off what lies above it', () => {
  const rules = hourly(fees({ start: 50, maximum: 500 }));
  expect(costsFor(rules, 2 * HOUR)).toBe(450);
  expect(chargedFor(rules, 3 * HOUR)).toMatchObject({
    amount: 500,
    lines: [{ amount: 600 }, { amount: 50 }, { rule: 'MAXIMUM', amount: -150 }],
  });
});

describe('a lost ticket', () => {
  test('costs its fee instead of time', () => {
    expect(chargedFor(hourly(fees({ start: 50, lostTicket: 3000 })), 90, { lost: true })).toMatchObject({
      amount: 3000,
      lines: [{ rule: 'LOST_TICKET', amount: 3000 }],
      sameUntil: null,
    });
  });
  test('costs what was bought besides', () => {
    const rules = { ...selling, ...fees({ lostTicket: 3000 }) };
    expect(costsFor(rules, 90, { lost: true, items: [{ code: 'WASH', quantity: 1 }] })).toBe(4500);
  });
  test('costs time where the tariff has no such fee', () => {
    expect(costsFor(hourly(), 90, { lost: true })).toBe(400);
  });
});

describe('a booking that nobody came for', () => {
  test('costs its fee', () => {
    expect(chargedFor(hourly(fees({ noShow: 700 })), 90, { noShow: true })).toMatchObject({
      amount: 700,
      lines: [{ rule: 'NO_SHOW' }],
      sameUntil: null,
    });
  });
  test('costs nothing where the tariff has none', () => {
    expect(costsFor(hourly(), 90, { noShow: true })).toBe(0);
  });
});

describe('items', () => {
  test('are counted in steps, rounded up', () => {
    expect(chargedFor(selling, 60, { items: [{ code: 'EV_ENERGY', quantity: 12.34 }] })).toMatchObject({
      amount: 200 + 558,
      lines: [
        { rule: 'INCREMENT' },
        { rule: 'ITEM', name: 'Energy', quantity: 12.4, unitPrice: 45, amount: 558 },
      ],
    });
  });
  test('that are a whole number of steps are not rounded up by a binary fraction', () => {
    const { lines } = chargedFor(selling, 60, { items: [{ code: 'EV_ENERGY', quantity: 0.3 }] });
    expect(lines[1]).toMatchObject({ quantity: 0.3, amount: 14 });
  });
  test('have their own tax, or that of the tariff', () => {
    const items = [
      { code: 'EV_ENERGY', quantity: 12.34 },
      { code: 'WASH', quantity: 1 },
    ];
    // of 17.00 at 21 %: 2.95; of 5.58 at 10 %: 0.51
    expect(chargedFor(selling, 60, { items })).toMatchObject({
      amount: 2258,
      tax: 346,
      taxes: [
        { percent: 21, amount: 1700, tax: 295 },
        { percent: 10, amount: 558, tax: 51 },
      ],
    });
  });
  test('are due in a stay whose time is free', () => {
    const rules = { ...selling, graces: { ...selling.graces, entry: 30 } };
    expect(costsFor(rules, 20, { items: [{ code: 'WASH', quantity: 1 }] })).toBe(1500);
  });
  test('that the tariff does not sell are refused', () => {
    expect(() => costsFor(selling, 60, { items: [{ code: 'TYRES', quantity: 4 }] })).toThrow(
      new RangeError('The tariff sells no TYRES.'),
    );
  });
});
