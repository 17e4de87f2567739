import fc from 'fast-check';
import { currencyDigits, fromDecimal, toDecimal } from './money.js';

test('an amount is written with the digits of its currency', () => {
  expect(toDecimal(1250, 'EUR')).toBe('12.50');
  expect(toDecimal(5, 'EUR')).toBe('0.05');
  expect(toDecimal(-5, 'EUR')).toBe('-0.05');
  expect(toDecimal(500, 'JPY')).toBe('500');
  expect(toDecimal(1250, 'KWD')).toBe('1.250');
});

test('an amount is read into minor units, whatever its trailing digits', () => {
  expect(fromDecimal('12.5', 'EUR')).toBe(1250);
  expect(fromDecimal('12.500', 'EUR')).toBe(1250);
  expect(fromDecimal('7', 'JPY')).toBe(7);
  expect(fromDecimal('-0.00', 'EUR')).toBe(0);
});

test.each(['12.505', '1e3', '', '.5', '1,50', '0x10', ' 1', '1234567890123456'])(
  '%j is no amount of euros',
  (text) => {
    expect(() => fromDecimal(text, 'EUR')).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  },
);

test('a code that is no currency is refused', () => {
  expect(() => currencyDigits('EURO')).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});

test('what is written is read back, in every currency', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (minor, currency) => {
        expect(fromDecimal(toDecimal(minor, currency), currency)).toBe(minor);
      },
    ),
  );
});
