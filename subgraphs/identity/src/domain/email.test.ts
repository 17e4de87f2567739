import { normalizeEmail } from './email.js';

test('an e-mail address has one spelling, whatever its case and the blanks around it', () => {
  expect(normalizeEmail('  Ada@Example.COM ')).toBe('ada@example.com');
});

test('what is not an e-mail address has no spelling', () => {
  for (const text of [
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'a da@example.com',
    'a@b@c.de',
    'a\u0000@b.de',
  ]) {
    expect(normalizeEmail(text)).toBeNull();
  }
});

test('an address longer than the mail protocol allows is refused', () => {
  expect(normalizeEmail(`${'a'.repeat(243)}@example.com`)).toBeNull();
  expect(normalizeEmail(`${'a'.repeat(242)}@example.com`)).not.toBeNull();
});
