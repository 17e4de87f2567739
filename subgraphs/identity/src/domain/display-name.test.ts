import { displayName, LONGEST_NAME } from './display-name.js';

test('a name is kept without the blanks that nobody sees', () => {
  expect(displayName('  Ada   Lovelace ')).toBe('Ada Lovelace');
});

test('an empty name, one of control characters and one that is too long are refused', () => {
  for (const text of ['', '   ', 'Ada\u0000', 'Ada\nLovelace', 'x'.repeat(LONGEST_NAME + 1)]) {
    expect(displayName(text)).toBeNull();
  }
});
