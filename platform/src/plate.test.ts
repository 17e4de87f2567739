import { plateOf, requirePlate } from './plate.js';

test.each([
  ['b-pl 1234', 'BPL1234'],
  ['BD51 SMR', 'BD51SMR'],
  ['ｂｐ１２', 'BP12'],
  ['в 123 ор', 'В123ОР'],
  ['品川 500 さ 12–34', '品川500さ1234'],
  ['ñ1', 'Ñ1'],
])('%s is kept as %s', (text, plate) => {
  expect(plateOf(text)).toBe(plate);
});

test('the same plate typed in two ways is one plate, accents included', () => {
  expect(plateOf('MÜ-X 1')).toBe(plateOf('mu\u0308x1'));
});

test.each(['', ' - ', 'X'.repeat(17), 'A'.repeat(10_000), "'; drop table", 'A_1', '🚗', 'A\u0000B'])(
  '%j is no plate',
  (text) => {
    expect(plateOf(text)).toBeNull();
  },
);

test('a wrong plate is refused by the name of its field', () => {
  expect(() => requirePlate('', 'plate')).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      extensions: expect.objectContaining({ field: 'plate' }),
    }),
  );
});
