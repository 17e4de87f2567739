import { checkRules } from './check-tariff-rules.js';

const sound = {
  currencyCode: 'EUR',
  freeMinutes: 10,
  increment: { minutes: 15, price: 50 },
  dailyCap: 2000,
  exitGraceMinutes: 15,
  taxPercent: 7.7,
};

test('sound rules pass as they are', () => {
  expect(checkRules(sound)).toEqual({ rules: sound });
});

test.each([
  ['currencyCode', { currencyCode: 'XYZ' }],
  ['freeMinutes', { freeMinutes: -1 }],
  ['increment.minutes', { increment: { minutes: 0, price: 50 } }],
  ['increment.minutes', { increment: { minutes: 7.5, price: 50 } }],
  ['increment.price', { increment: { minutes: 15, price: -50 } }],
  ['increment.price', { increment: { minutes: 15, price: 1e12 } }],
  ['dailyCap', { dailyCap: 0 }],
  ['dailyCap', { dailyCap: 49 }],
  ['exitGraceMinutes', { exitGraceMinutes: 100_000 }],
  ['taxPercent', { taxPercent: 101 }],
  ['taxPercent', { taxPercent: 7.77777 }],
])('the fault is found at %s: %j', (path, over) => {
  expect(checkRules({ ...sound, ...over })).toEqual({ faults: [{ path, message: expect.any(String) }] });
});

test('every fault is told at once', () => {
  const faults = checkRules({ ...sound, freeMinutes: 1.5, exitGraceMinutes: -3 });
  expect(faults).toMatchObject({ faults: [{ path: 'freeMinutes' }, { path: 'exitGraceMinutes' }] });
});
