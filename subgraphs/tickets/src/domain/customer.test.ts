import { validCustomer } from './customer.js';

test('a customer is kept trimmed, with each plate once', () => {
  const given = { name: ' Ada ', email: 'Ada@Example.COM ', plates: ['b-x 1', 'BX1', 'B Y 2'] };
  expect(validCustomer(given)).toEqual({ name: 'Ada', email: 'ada@example.com', plates: ['BX1', 'BY2'] });
  expect(validCustomer({ name: 'Ada' })).toEqual({ name: 'Ada', email: null, plates: [] });
});

test.each([
  ['name', { name: ' ' }],
  ['email', { email: 'nobody' }],
  ['email', { email: `${'x'.repeat(320)}@example.com` }],
  ['plates', { plates: Array.from({ length: 51 }, (_, n) => `P${n}`) }],
  ['plates.1', { plates: ['P1', ''] }],
])('a wrong %s is refused by its name', (field, wrong) => {
  expect(() => validCustomer({ name: 'Ada', ...wrong })).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ field }) }),
  );
});
