import fc from 'fast-check';
import { chargeStay, type Stay } from '../charge.js';
import { CompiledTariff } from '../compiled-tariff.js';
import { chargeContinued, type EarlierPart } from '../continued.js';
import type { Discount } from '../discount.js';
import { quoteStay } from '../quote.js';
import type { TariffRules } from '../tariff-rules.js';
import { anyChanges, anyEntry, anyTariff, type Change } from './any-tariff.js';
import { cap, each, eur, hourly, later, may, once } from './tariffs.js';

const RUNS = { numRuns: 400 };
const enteredAt = may(4, '10:00');
const compiled = (rules: TariffRules) => new CompiledTariff(rules, 'Europe/Madrid');

const changed = (enteredAt: Date, changes: readonly Change[]) =>
  changes.map(({ after, tariff }) => ({ from: later(enteredAt, after), tariff }));

/** Parts of a stay: how long each was, and how long the vehicle was away before it. */
type Drive = readonly { gone: number; length: number }[];

/** The drive as parts of one stay, the last one open. */
function partsOf(from: Date, drive: Drive): { earlier: EarlierPart[]; last: Stay } {
  let end = from;
  const parts = drive.map(({ gone, length }) => {
    const begin = later(end, gone);
    end = later(begin, length);
    return { enteredAt: begin, exitedAt: end, lastPaidAt: null, items: [] };
  });
  const last = parts.at(-1) as EarlierPart;
  return { earlier: parts.slice(0, -1), last: { enteredAt: last.enteredAt, at: last.exitedAt } };
}

/** What each part is charged when it ends, the tariff being changed on the way. */
const charges = (rules: TariffRules, from: Date, drive: Drive, changes: readonly Change[] = []) =>
  drive.map((_, number) => {
    const { earlier, last } = partsOf(from, drive.slice(0, number + 1));
    return chargeContinued(compiled(rules), { ...last, earlier, laterVersions: changed(from, changes) });
  });
const amounts = (rules: TariffRules, drive: Drive) =>
  charges(rules, enteredAt, drive).map(({ amount }) => amount);
const drive = (...parts: [gone: number, length: number][]): Drive =>
  parts.map(([gone, length]) => ({ gone, length }));

describe('a stay that goes on', () => {
  test('pays no more within a period that was begun before', () => {
    expect(amounts(hourly(), drive([0, 20], [10, 30], [5, 20]))).toEqual([200, 0, 200]);
  });

  test('is not given its free minutes again', () => {
    const rules = eur([each(1, 10)], { graces: { ...hourly().graces, entry: 15 } });
    expect(amounts(rules, drive([0, 10], [5, 5], [5, 10]))).toEqual([0, 0, 250]);
  });

  test('goes on with the steps where they were', () => {
    const rules = eur([once(100, 60), each(60, 300)]);
    expect(amounts(rules, drive([0, 60], [10, 60]))).toEqual([100, 300]);
  });

  test('does not pay beyond a maximum that is reached', () => {
    expect(amounts(hourly({ caps: [cap(600, 'HOURS_24')] }), drive([0, 150], [20, 300]))).toEqual([600, 0]);
  });

  test('pays a start fee and a minimum once', () => {
    const fees = { ...hourly().fees, start: 100, minimum: 500 };
    expect(amounts(hourly({ fees }), drive([0, 30], [5, 60], [5, 60]))).toEqual([500, 0, 200]);
  });

  test('does not pay for the time outside', () => {
    expect(amounts(eur([each(1, 1)]), drive([0, 30], [25, 30]))).toEqual([30, 30]);
  });

  test('says what was charged before, also when that was nothing', () => {
    const rules = hourly({ graces: { ...hourly().graces, entry: 15 }, tax: { percent: 21, included: true } });
    const [, second, third] = charges(rules, enteredAt, drive([0, 10], [5, 60], [5, 60]));
    const lineOf = (charge = second) => charge?.lines.find(({ rule }) => rule === 'EARLIER_PART');
    expect(lineOf()).toMatchObject({ amount: 0, from: enteredAt, to: later(enteredAt, 10) });
    expect(lineOf(third)).toMatchObject({ amount: -400, taxPercent: 21, to: later(enteredAt, 75) });
    expect(third).toMatchObject({ amount: 200, tax: 35, taxes: [{ percent: 21, amount: 200, tax: 35 }] });
  });

  test('was charged up to the payment before when it left within the grace after it', () => {
    const { earlier, last } = partsOf(enteredAt, drive([0, 70], [10, 30]));
    const paid = earlier.map((part) => ({ ...part, lastPaidAt: later(enteredAt, 60) }));
    expect(chargeContinued(compiled(hourly()), { ...last, earlier: paid }).amount).toBe(200);
    expect(chargeContinued(compiled(hourly()), { ...last, earlier }).amount).toBe(0);
  });

  test('may leave within the grace of a payment that was made before it went on', () => {
    const { earlier, last } = partsOf(enteredAt, drive([0, 62], [3, 5]));
    const paid = earlier.map((part) => ({ ...part, lastPaidAt: later(enteredAt, 60) }));
    const money = { received: 0, refunded: 0, lastPaidAt: null };
    const quote = (minutes: number) =>
      quoteStay(compiled(hourly()), 'EUR', {
        ...last,
        at: later(enteredAt, minutes),
        earlier: paid,
        ...money,
      });
    expect(quote(75)).toMatchObject({ due: 0, validUntil: later(enteredAt, 75) });
    expect(quote(76).due).toBe(200);
  });

  test('pays for what was bought when it was bought', () => {
    const items = [{ code: 'WASH', name: 'Wash', unit: 'piece', price: 900, step: 0, taxPercent: 10 }];
    const rules = hourly({ items, tax: { percent: 21, included: false } });
    const { earlier, last } = partsOf(enteredAt, drive([0, 30], [5, 60]));
    const washed = [{ code: 'WASH', quantity: 1 }];
    const before = earlier.map((part) => ({ ...part, items: washed }));
    const charge = (stay: Stay, parts: EarlierPart[]) =>
      chargeContinued(compiled(rules), { ...stay, earlier: parts });
    expect(charge(last, before).taxes).toEqual([
      { percent: 21, amount: 242, tax: 42 },
      { percent: 10, amount: 0, tax: 0 },
    ]);
    expect(charge({ ...last, items: washed }, before).amount).toBe(242 + 990);
  });

  test('takes its discounts off what it adds', () => {
    const half: Discount = { name: 'Half', effect: { kind: 'PERCENT', percent: 50 }, most: null };
    const much: Discount = { name: 'Much', effect: { kind: 'AMOUNT', amount: 9999 }, most: null };
    const { earlier, last } = partsOf(enteredAt, drive([0, 60], [5, 60]));
    const charge = (...discounts: Discount[]) =>
      chargeContinued(compiled(hourly()), { ...last, earlier, discounts });
    expect(charge(half)).toMatchObject({ amount: 100, discount: 100 });
    expect(charge(much)).toMatchObject({ amount: 0, discount: 200 });
  });

  test('that lost its ticket stands alone where there is a fee for it', () => {
    const { earlier, last } = partsOf(enteredAt, drive([0, 60], [5, 60]));
    const lost = { ...last, earlier, lost: true };
    expect(chargeContinued(compiled(hourly()), lost).amount).toBe(200);
    const fees = { ...hourly().fees, lostTicket: 3000 };
    expect(chargeContinued(compiled(hourly({ fees })), lost).amount).toBe(3000);
  });
});

const anyDrive = fc.array(
  fc.record({ gone: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 0, max: 900 }) }),
  { minLength: 1, maxLength: 5 },
);
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('whatever the tariff and the interruptions', () => {
  test('no part is charged less than nothing, and its lines add up', () => {
    fc.assert(
      fc.property(
        anyTariff({ whole: false }),
        anyChanges(false),
        anyEntry,
        anyDrive,
        (rules, changes, from, parts) => {
          for (const { amount, lines, tax } of charges(rules, from, parts, changes)) {
            expect(amount).toBeGreaterThanOrEqual(0);
            expect(Number.isSafeInteger(amount)).toBe(true);
            expect(sum(lines.map((line) => line.amount))).toBe(amount);
            expect(tax ?? 0).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      RUNS,
    );
  });

  test('the parts together cost at least what the stay costs as one, and no more where time only adds', () => {
    const exact = anyTariff({ whole: true, without: ['rounding', 'tax'] });
    fc.assert(
      fc.property(exact, anyChanges(true), anyEntry, anyDrive, (rules, changes, from, parts) => {
        const laterVersions = changed(from, changes);
        const cost = (upTo: number) => {
          const { earlier, last } = partsOf(from, parts.slice(0, upTo));
          const all = [...earlier, { ...last, exitedAt: last.at }];
          const away = all.slice(1).map((part, at) => ({ from: all[at]!.exitedAt, to: part.enteredAt }));
          const { enteredAt: begin } = all[0]!;
          return chargeStay(compiled(rules), { enteredAt: begin, at: last.at, away, laterVersions }).amount;
        };
        // a choice of bands or a rolling cap may make the longer stay the cheaper one: nothing is given back then
        const most = Math.max(...parts.map((_, number) => cost(number + 1)));
        const together = sum(charges(rules, from, parts, changes).map(({ amount }) => amount));
        expect(together).toBeGreaterThanOrEqual(cost(parts.length));
        if (most === cost(parts.length)) expect(together).toBe(most);
      }),
      RUNS,
    );
  });

  test('equal parts have equal charges, whatever was charged in between', () => {
    fc.assert(
      fc.property(
        anyTariff({ whole: false }),
        anyChanges(false),
        anyEntry,
        anyDrive,
        anyDrive,
        (rules, changes, from, parts, others) => {
          const tariff = compiled(rules);
          const charge = (driven: Drive) => {
            const { earlier, last } = partsOf(from, driven);
            return chargeContinued(tariff, { ...last, earlier, laterVersions: changed(from, changes) });
          };
          const first = charge(parts);
          charge(others);
          expect(charge(parts)).toEqual(first);
        },
      ),
      RUNS,
    );
  });

  test('however often it comes back, the parts together cost no more than the cap of a stay', () => {
    const timeOnly = anyTariff({
      whole: true,
      without: ['rounding', 'tax', 'fees', 'overstay', 'items', 'onNewVersion'],
    });
    const most = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(timeOnly, most, anyEntry, anyDrive, (rules, amount, from, parts) => {
        const capped = { ...rules, caps: [...rules.caps, cap(amount, 'STAY')] };
        const together = sum(charges(capped, from, parts).map((charge) => charge.amount));
        expect(together).toBeLessThanOrEqual(amount);
      }),
      RUNS,
    );
  });

  test('without free minutes, cheap beginnings or penalties it never costs more than separate stays', () => {
    const plain = fc.record({
      minutes: fc.integer({ min: 1, max: 120 }),
      price: fc.integer({ min: 1, max: 500 }),
      most: fc.integer({ min: 1, max: 3000 }),
      per: fc.constantFrom('STAY' as const, 'DAY' as const),
      start: fc.constantFrom(0, 100),
    });
    fc.assert(
      fc.property(plain, anyEntry, anyDrive, ({ minutes, price, most, per, start }, from, parts) => {
        const fees = { ...hourly().fees, start };
        const rules = eur([each(minutes, price)], { caps: [cap(most, per)], fees });
        let end = from;
        const apart = parts.map(({ gone, length }) => {
          const begin = later(end, gone);
          end = later(begin, length);
          return chargeStay(compiled(rules), { enteredAt: begin, at: end }).amount;
        });
        const goingOn = charges(rules, from, parts).map(({ amount }) => amount);
        expect(sum(goingOn)).toBeLessThanOrEqual(sum(apart));
      }),
      RUNS,
    );
  });

  test('free minutes are given once, however often the vehicle comes back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        anyEntry,
        anyDrive,
        (free, fromEnd, from, parts) => {
          const beyondEntry = fromEnd ? ('FROM_GRACE_END' as const) : ('FROM_START' as const);
          const rules = eur([each(1, 1)], { graces: { ...hourly().graces, entry: free, beyondEntry } });
          const present = sum(parts.map(({ length }) => length));
          const due = present <= free ? 0 : present - (fromEnd ? free : 0);
          expect(sum(charges(rules, from, parts).map(({ amount }) => amount))).toBe(due);
        },
      ),
      RUNS,
    );
  });
});
