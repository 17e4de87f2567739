import { quoteStay, type PricedStay } from './quote.js';
import type { TariffRules } from './tariff-rules.js';

const rules: TariffRules = {
  currencyCode: 'EUR',
  freeMinutes: 0,
  increment: { minutes: 60, price: 250 },
  dailyCap: 2000,
  exitGraceMinutes: 15,
  taxPercent: 21,
};
const at = (time: string) => new Date(`2026-05-04T${time}:00.000Z`);
const stay = (over: Partial<PricedStay>): PricedStay => ({
  enteredAt: at('10:00'),
  at: at('11:30'),
  received: 0,
  refunded: 0,
  lastPaidAt: null,
  ...over,
});

test('an unpaid stay owes all of it, until the running period ends', () => {
  expect(quoteStay(rules, 'EUR', stay({}))).toMatchObject({
    subtotal: 500,
    discount: 0,
    total: 500,
    tax: 87,
    paid: 0,
    due: 500,
    validUntil: at('12:00'),
  });
});

test('who paid may take the exit grace to leave', () => {
  const paid = { received: 500, lastPaidAt: at('11:55') };
  expect(quoteStay(rules, 'EUR', stay({ ...paid, at: at('12:10') }))).toMatchObject({
    due: 0,
    validUntil: at('12:10'),
  });
  expect(quoteStay(rules, 'EUR', stay({ ...paid, at: at('12:11') }))).toMatchObject({ total: 750, due: 250 });
});

test('who paid early in a period may stay to its end', () => {
  const paid = { received: 500, lastPaidAt: at('11:10') };
  expect(quoteStay(rules, 'EUR', stay({ ...paid, at: at('11:20') })).validUntil).toEqual(at('12:00'));
  expect(quoteStay(rules, 'EUR', stay({ ...paid, at: at('12:00') })).due).toBe(0);
});

test('a refund is not owed again, time after it is', () => {
  const refunded = { received: 500, refunded: 500, lastPaidAt: at('11:30') };
  expect(quoteStay(rules, 'EUR', stay(refunded))).toMatchObject({
    discount: 500,
    total: 0,
    tax: 0,
    paid: 0,
    due: 0,
  });
  expect(quoteStay(rules, 'EUR', stay({ ...refunded, at: at('13:30') }))).toMatchObject({
    total: 500,
    due: 500,
  });
});

test('a payment above the charge leaves nothing due, and no negative amount', () => {
  expect(quoteStay(rules, 'EUR', stay({ received: 900, lastPaidAt: at('11:00') })).due).toBe(0);
});

test('what was paid too much stands in the balance until it is given back, and is no discount', () => {
  const early = { at: at('10:30'), received: 500, lastPaidAt: at('11:30') };
  expect(quoteStay(rules, 'EUR', stay(early))).toMatchObject({ total: 250, paid: 500, balance: -250 });
  const back = quoteStay(rules, 'EUR', stay({ ...early, refunded: 250 }));
  expect(back).toMatchObject({ total: 250, discount: 0, paid: 250, balance: 0, due: 0 });
  const kindness = quoteStay(rules, 'EUR', stay({ ...early, refunded: 350 }));
  expect(kindness).toMatchObject({ total: 150, discount: 100, paid: 150, balance: 0, due: 0 });
});

test('an exit reported from before the payment is priced at its own time', () => {
  const quote = quoteStay(rules, 'EUR', stay({ at: at('10:30'), received: 500, lastPaidAt: at('11:30') }));
  expect(quote).toMatchObject({ total: 250, due: 0 });
});

test.each([
  ['NO_TARIFF', 'Free of charge: the location had no tariff when the vehicle entered.'],
  ['VOID', 'The ticket is void: nothing is charged.'],
] as const)('a stay without a charge says why: %s', (rule, explanation) => {
  const nothing = { from: at('10:00'), to: at('11:30'), quantity: 1, unitPrice: 0, amount: 0 };
  expect(quoteStay(rule, 'GBP', stay({}))).toEqual({
    currencyCode: 'GBP',
    lines: [{ rule, ...nothing, explanation }],
    subtotal: 0,
    discount: 0,
    total: 0,
    tax: null,
    paid: 0,
    balance: 0,
    due: 0,
    validUntil: null,
  });
});

test.each([
  [21, 12100, 2100],
  [7.7, 10770, 770],
  [0, 500, 0],
  [10, 5, 0],
  [10, 6, 1],
])('a price that contains %d %% tax: %d contains %d', (taxPercent, price, tax) => {
  const tariff = { ...rules, taxPercent, dailyCap: null, increment: { minutes: 1440, price } };
  expect(quoteStay(tariff, 'EUR', stay({})).tax).toBe(tax);
});
