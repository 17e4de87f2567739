import { CompiledTariff } from '../compiled-tariff.js';
import type { Discount } from '../discount.js';
import { chargedFor, costsFor, each, eur, HOUR, hourly, later, may } from './tariffs.js';

const off = (effect: Discount['effect'], most: number | null = null): Discount => ({
  name: 'Cinema',
  effect,
  most,
});
const percent = (share: number, most?: number) => off({ kind: 'PERCENT', percent: share }, most);
const money = (amount: number) => off({ kind: 'AMOUNT', amount });
const time = (minutes: number, most?: number) => off({ kind: 'FREE_TIME', minutes }, most);
const by = (price: number) =>
  off({ kind: 'TARIFF', tariff: new CompiledTariff(eur([each(HOUR, price)]), 'Europe/Madrid') });
const threeHours = (...discounts: Discount[]) => costsFor(hourly(), 3 * HOUR, { discounts });

describe('a discount', () => {
  test('takes off a share', () => {
    expect(chargedFor(hourly(), 3 * HOUR, { discounts: [percent(50)] })).toMatchObject({
      amount: 300,
      discount: 300,
      lines: [{ amount: 600 }, { rule: 'DISCOUNT', name: 'Cinema', amount: -300 }],
    });
  });
  test('takes off money, and no more than there is', () => {
    expect(threeHours(money(250))).toBe(350);
    expect(threeHours(money(700))).toBe(0);
  });
  test('takes off time at the beginning', () => {
    expect(threeHours(time(60))).toBe(400);
    expect(threeHours(time(30))).toBe(600);
    expect(threeHours(time(600))).toBe(0);
  });
  test('rates by another tariff where that is cheaper', () => {
    expect(threeHours(by(100))).toBe(300);
    expect(threeHours(by(300))).toBe(600);
  });
  test('rates time alone by the other tariff, which need not sell what else was bought', () => {
    const items = [{ code: 'WASH', name: 'Car wash', unit: 'piece', price: 1500, step: 1, taxPercent: null }];
    const bought = { items: [{ code: 'WASH', quantity: 1 }], discounts: [by(100)] };
    expect(costsFor(hourly({ items }), 3 * HOUR, bought)).toBe(300 + 1500);
  });
  test.each([
    ['a lost ticket', { lost: true }],
    ['a booking that nobody came for', { noShow: true }],
  ])('takes nothing off the fee for %s: it is for the parking', (_, of) => {
    const fees = { start: 0, minimum: 0, maximum: null, lostTicket: 2500, noShow: 2500 };
    for (const discount of [percent(50), money(250), time(60), by(100)]) {
      expect(costsFor(hourly({ fees }), 3 * HOUR, { ...of, discounts: [discount] })).toBe(2500);
    }
  });
  test('that takes nothing off has no line', () => {
    expect(chargedFor(hourly(), 3 * HOUR, { discounts: [by(300)] }).lines).toHaveLength(1);
  });
  test('takes off at most what its limit says', () => {
    expect(threeHours(percent(50, 150))).toBe(450);
    expect(threeHours(time(120, 100))).toBe(500);
  });
  test('is rounded as the tariff is', () => {
    // a third of 6.00 is 1.9998
    expect(threeHours(percent(33.33))).toBe(400);
    const whole = hourly({ rounding: { mode: 'HALF_UP', unit: 1, per: 'TOTAL', cashUnit: 1 } });
    expect(chargedFor(whole, 3 * HOUR, { discounts: [percent(33.33)] })).toMatchObject({
      amount: 400,
      discount: 200,
    });
  });
});

describe('several discounts', () => {
  test('take from what the others left: another tariff first, then time, share, money', () => {
    // 600 -> 300 by the other tariff -> 200 less for an hour -> 50 % -> 20
    const all = [money(20), percent(50), time(60), by(100)];
    expect(threeHours(...all)).toBe(30);
    expect(threeHours(...all.toReversed())).toBe(30);
  });
  test('of time add up', () => {
    expect(threeHours(time(60), time(60))).toBe(200);
  });
});

describe('a discount leaves alone', () => {
  test('what else was bought', () => {
    const rules = hourly({
      items: [{ code: 'WASH', name: 'Car wash', unit: 'piece', price: 1500, step: 1, taxPercent: null }],
    });
    expect(costsFor(rules, HOUR, { discounts: [percent(100)], items: [{ code: 'WASH', quantity: 1 }] })).toBe(
      1500,
    );
  });
  test('the penalty of an overstay', () => {
    const rules = hourly({
      overstay: { after: 60, grace: 0, penalty: { kind: 'PERIODS', minutes: 60, price: 1000 } },
    });
    expect(costsFor(rules, 2 * HOUR, { discounts: [percent(100)] })).toBe(1000);
  });
});

describe('with a discount the charge holds', () => {
  test('until the discounted time costs more', () => {
    // after 75 minutes two hours are charged, one of them beyond the free half hour, which lasts until minute 90
    expect(chargedFor(hourly(), 75, { discounts: [time(30)] })).toMatchObject({
      amount: 200,
      sameUntil: later(may(4, '10:00'), 90),
    });
  });
  test('until the other tariff costs more', () => {
    const quarters = off({
      kind: 'TARIFF',
      tariff: new CompiledTariff(eur([each(15, 20)]), 'Europe/Madrid'),
    });
    expect(chargedFor(hourly(), 20, { discounts: [quarters] })).toMatchObject({
      amount: 40,
      sameUntil: later(may(4, '10:00'), 30),
    });
  });
});
