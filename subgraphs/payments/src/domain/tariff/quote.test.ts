import { CompiledTariff } from './compiled-tariff.js';
import type { TariffRules } from './tariff-rules.js';
import { type PricedStay, quoteStay } from './quote.js';
import { each, eur } from './tests/tariffs.js';

const tariff = (over: Partial<TariffRules> = {}) =>
  new CompiledTariff(
    eur([each(60, 250)], { tax: { percent: 21, included: true }, ...over }),
    'Europe/Madrid',
  );
const at = (time: string) => new Date(`2026-05-04T${time}:00.000Z`);
const stay = (over: Partial<PricedStay>): PricedStay => ({
  enteredAt: at('10:00'),
  at: at('11:30'),
  received: 0,
  refunded: 0,
  lastPaidAt: null,
  ...over,
});
const quote = (over: Partial<PricedStay>) => quoteStay(tariff(), 'EUR', stay(over));

test('an unpaid stay owes all of it, until the running period ends', () => {
  expect(quote({})).toMatchObject({
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
  expect(quote({ ...paid, at: at('12:10') })).toMatchObject({ due: 0, validUntil: at('12:10') });
  expect(quote({ ...paid, at: at('12:11') })).toMatchObject({ total: 750, due: 250 });
});

test('who paid early in a period may stay to its end', () => {
  const paid = { received: 500, lastPaidAt: at('11:10') };
  expect(quote({ ...paid, at: at('11:20') }).validUntil).toEqual(at('12:00'));
  expect(quote({ ...paid, at: at('12:00') }).due).toBe(0);
});

test('the exit grace is elapsed time: the clocks may change in it', () => {
  const [entered, paid] = [new Date('2026-10-24T22:30:00Z'), new Date('2026-10-25T00:50:00Z')];
  const leaving = (minutes: number) =>
    quoteStay(tariff(), 'EUR', {
      enteredAt: entered,
      at: new Date(paid.getTime() + minutes * 60_000),
      received: 750,
      refunded: 0,
      lastPaidAt: paid,
    }).due;
  expect([15, 41].map(leaving)).toEqual([0, 250]);
});

test('a refund is not owed again, time after it is', () => {
  const refunded = { received: 500, refunded: 500, lastPaidAt: at('11:30') };
  expect(quote(refunded)).toMatchObject({ discount: 500, total: 0, tax: 0, paid: 0, due: 0 });
  expect(quote({ ...refunded, at: at('13:30') })).toMatchObject({ total: 500, due: 500 });
});

test('a payment above the charge leaves nothing due, and no negative amount', () => {
  expect(quote({ received: 900, lastPaidAt: at('11:00') }).due).toBe(0);
});

test('what was paid too much stands in the balance until it is given back, and is no discount', () => {
  const early = { at: at('10:30'), received: 500, lastPaidAt: at('11:30') };
  expect(quote(early)).toMatchObject({ total: 250, paid: 500, balance: -250 });
  expect(quote({ ...early, refunded: 250 })).toMatchObject({
    total: 250,
    discount: 0,
    paid: 250,
    balance: 0,
    due: 0,
    dueInCash: 0,
  });
  expect(quote({ ...early, refunded: 350 })).toMatchObject({
    total: 150,
    discount: 100,
    paid: 150,
    balance: 0,
    due: 0,
    dueInCash: 0,
  });
});

test('an exit reported from before the payment is priced at its own time', () => {
  expect(quote({ at: at('10:30'), received: 500, lastPaidAt: at('11:30') })).toMatchObject({
    total: 250,
    due: 0,
    dueInCash: 0,
  });
});

test('what a discount took off stands between subtotal and total', () => {
  const discounts = [{ name: 'Cinema', effect: { kind: 'PERCENT' as const, percent: 20 }, most: null }];
  expect(quote({ discounts })).toMatchObject({ subtotal: 500, discount: 100, total: 400, tax: 69, due: 400 });
});

test('a minimum, once paid, covers the time that it paid for', () => {
  const day = tariff({ fees: { start: 0, minimum: 1000, maximum: null, lostTicket: null, noShow: null } });
  const paid = stay({ at: at('13:30'), received: 1000, lastPaidAt: at('10:30') });
  expect(quoteStay(day, 'EUR', paid)).toMatchObject({ total: 1000, due: 0 });
});

test.each(['NO_TARIFF', 'VOID'] as const)('a stay without a charge says why: %s', (rule) => {
  expect(quoteStay(rule, 'GBP', stay({}))).toEqual({
    currencyCode: 'GBP',
    lines: [
      {
        rule,
        name: null,
        from: at('10:00'),
        to: at('11:30'),
        quantity: 1,
        unit: null,
        unitPrice: 0,
        amount: 0,
        taxPercent: null,
      },
    ],
    subtotal: 0,
    discount: 0,
    total: 0,
    tax: null,
    paid: 0,
    balance: 0,
    due: 0,
    dueInCash: 0,
    validUntil: null,
  });
});

test('what is asked in cash is rounded to the coins that the tariff knows', () => {
  const rounding = { mode: 'HALF_UP', unit: 1, per: 'LINE', cashUnit: 5 } as const;
  const coins = new CompiledTariff(eur([each(60, 203)], { rounding }), 'UTC');
  const [enteredAt, at] = [new Date(0), new Date(3_600_000)];
  expect(
    quoteStay(coins, 'EUR', { enteredAt, at, received: 0, refunded: 0, lastPaidAt: null }),
  ).toMatchObject({ due: 203, dueInCash: 205 });
});
