import { CompiledTariff } from '../compiled-tariff.js';
import { quoteStay } from '../quote.js';
import { CHARGING } from './published-charging.js';
import { NOT_CHARGED, PUBLISHED } from './published-fees.js';
import { charged, hourly, later, may } from './tariffs.js';

const ALL = [...PUBLISHED, ...CHARGING];

test.each(ALL.map((example) => [example.id, example] as const))('%s', (_id, example) => {
  const { rules, stay, fee, withTax, enteredAt = may(4, '10:00'), zone, beside } = example;
  const { amount, tax } = charged(rules, enteredAt, later(enteredAt, stay), beside, zone);
  expect(amount - (rules.tax?.included === false ? (tax ?? 0) : 0)).toBe(fee);
  if (withTax !== undefined) expect(amount).toBe(withTax);
});

test('an hour more on the clock of the lane is no hour more in the exit grace', () => {
  // us-exit-grace-dst: on the day of the change somebody paid at 16:25 and left ten minutes later
  const [enteredAt, paidAt] = [new Date('2007-03-11T06:30:00Z'), new Date('2007-03-11T20:25:00Z')];
  const graces = { entry: 0, beyondEntry: 'FROM_START' as const, end: 0, exit: 45, reentry: 0 };
  const tariff = new CompiledTariff(hourly({ graces }), 'America/New_York');
  const paid = { received: 14 * 200, refunded: 0, lastPaidAt: paidAt };
  expect(quoteStay(tariff, 'USD', { enteredAt, at: paidAt, ...paid }).due).toBe(0);
  expect(quoteStay(tariff, 'USD', { enteredAt, at: later(paidAt, 10), ...paid }).due).toBe(0);
});

test('each of the 105 examples collected is charged or has a reason', () => {
  const collected = [...ALL.map(({ id }) => id), ...Object.keys(NOT_CHARGED), 'us-exit-grace-dst'];
  expect(new Set(collected).size).toBe(collected.length);
  expect(collected.filter((id) => !id.startsWith('tandemdrive'))).toHaveLength(105);
});
