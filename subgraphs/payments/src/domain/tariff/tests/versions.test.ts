import { chargeStay } from '../charge.js';
import { CompiledTariff } from '../compiled-tariff.js';
import { simpleTariff, type TariffRules } from '../tariff-rules.js';

const hourly = (price: number, over: Partial<TariffRules> = {}) =>
  new CompiledTariff(
    simpleTariff('EUR', [{ upTo: null, minutes: 60, price, prorated: false }], {
      onNewVersion: 'SPLIT',
      ...over,
    }),
    'Europe/Madrid',
  );
const at = (time: string) => new Date(`2026-05-04T${time}:00.000Z`);
const laterVersions = [{ from: at('12:00'), tariff: hourly(300) }];
const stay = (to: string, from = '10:00') => ({ enteredAt: at(from), at: at(to), laterVersions });

describe('a tariff that is priced anew at a new version', () => {
  const tariff = hourly(200);

  test('charges each part of the stay by the version in force then', () => {
    const { lines, amount } = chargeStay(tariff, stay('14:30'));
    expect(lines.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual([
      [2, 200],
      [3, 300],
    ]);
    expect(amount).toBe(2 * 200 + 3 * 300);
  });

  test('lets a period that was begun before end at its price', () => {
    // 10:30 to 12:30 under the first version, 12:30 to 13:30 under the second
    expect(chargeStay(tariff, stay('13:30', '10:30')).amount).toBe(2 * 200 + 300);
    expect(chargeStay(tariff, stay('12:20', '10:30')).amount).toBe(2 * 200);
    const told = chargeStay(tariff, stay('13:30', '10:30')).lines.map(({ from, to }) => [from, to]);
    expect(told).toEqual([
      [at('10:30'), at('12:30')],
      [at('12:30'), at('13:30')],
    ]);
  });

  test('gives free minutes and start fee once, as the version at the entry says', () => {
    const generous = hourly(200, {
      graces: { entry: 30, beyondEntry: 'FROM_START', end: 0, exit: 15, reentry: 0 },
      fees: { start: 50, minimum: 0, maximum: null, lostTicket: null, noShow: null },
    });
    expect(chargeStay(generous, stay('12:15', '11:50')).amount).toBe(0);
    expect(chargeStay(generous, stay('13:30')).amount).toBe(50 + 2 * 200 + 2 * 300);
  });

  test('holds its quote no longer than to the next version', () => {
    expect(chargeStay(tariff, stay('11:30')).sameUntil).toEqual(at('12:00'));
    const free = hourly(0);
    expect(chargeStay(free, stay('11:30')).sameUntil).toEqual(at('12:00'));
  });
});

test('a free period that runs over a new version holds the quote to its end and no longer', () => {
  const twoHours = new CompiledTariff(
    simpleTariff('EUR', [{ upTo: null, minutes: 120, price: 0, prorated: false }], { onNewVersion: 'SPLIT' }),
    'Europe/Madrid',
  );
  // from 11:00 to 13:00 under the first version, then 300 an hour
  expect(chargeStay(twoHours, stay('12:30', '11:00'))).toMatchObject({ amount: 0, sameUntil: at('13:00') });
  expect(chargeStay(twoHours, stay('13:01', '11:00')).amount).toBe(300);
});

test('a tariff that keeps its version charges all of the stay by it', () => {
  expect(chargeStay(hourly(200, { onNewVersion: 'KEEP' }), stay('14:30')).amount).toBe(5 * 200);
});
