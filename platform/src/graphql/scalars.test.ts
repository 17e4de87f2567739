import { Kind } from 'graphql';
import { CurrencyCode, DateTime, Decimal } from './scalars.js';

test('an instant is read with its offset and written in UTC with milliseconds', () => {
  expect(DateTime.serialize(DateTime.parseValue('2026-11-22T09:30:00+01:00'))).toBe(
    '2026-11-22T08:30:00.000Z',
  );
  expect(DateTime.serialize('2024-02-29T00:00:00Z')).toBe('2024-02-29T00:00:00.000Z');
});

test.each([
  '2026-02-30T23:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-22T25:00:00Z',
  '2026-11-22T08:30:00',
  '2026-11-22',
  'yesterday',
  1_700_000_000,
  null,
])('%j is no instant', (value) => {
  expect(() => DateTime.parseValue(value)).toThrow('RFC 3339');
});

test('a float is no Decimal and a made-up code no currency, as literals too', () => {
  expect(() => Decimal.parseLiteral({ kind: Kind.FLOAT, value: '1.5' })).toThrow('Decimal');
  expect(() => Decimal.parseValue(1.5)).toThrow('Decimal');
  expect(() => CurrencyCode.parseValue('EURO')).toThrow('CurrencyCode');
  expect(CurrencyCode.parseLiteral({ kind: Kind.STRING, value: 'EUR' })).toBe('EUR');
});
