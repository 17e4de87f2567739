import { mostOf, owedFor, takenOff } from './validation.js';

const FREE = { kind: 'FREE_TIME', value: 120 } as const;

test('the lowest bound counts, and none where there is none', () => {
  expect(mostOf(FREE, { perTicket: null, leftThisMonth: null })).toBeNull();
  expect(mostOf(FREE, { perTicket: 500, leftThisMonth: null })).toBe(500);
  expect(mostOf(FREE, { perTicket: 500, leftThisMonth: 300 })).toBe(300);
  expect(mostOf({ kind: 'AMOUNT', value: 200 }, { perTicket: 500, leftThisMonth: 300 })).toBe(200);
  expect(mostOf(FREE, { perTicket: 500, leftThisMonth: 0 })).toBe(0);
});

test('a validation is known by its name in the charge', () => {
  const lines = [
    { rule: 'INCREMENT' as const, name: 'Cinema', amount: 1000 },
    { rule: 'DISCOUNT' as const, name: 'Cinema', amount: -400 },
  ];
  expect(takenOff(lines, 'Cinema')).toBe(400);
  expect(takenOff(lines, 'Theatre')).toBe(0);
});

test('a merchant owes tax on top only where the prices do not contain it', () => {
  expect(owedFor(1000, { percent: 21, included: true })).toEqual({ percent: 21, amount: 1000, tax: 174 });
  expect(owedFor(1000, { percent: 21, included: false })).toEqual({ percent: 21, amount: 1210, tax: 210 });
  expect(owedFor(1000, null)).toEqual({ percent: null, amount: 1000, tax: 0 });
});
