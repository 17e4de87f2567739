import { parse } from 'graphql';
import { brokenText } from './text.js';
import { brokenVariables } from './variable-limits.js';

const REFUSED = {
  message: 'Text cannot hold the character U+0000 or half of a character.',
  extensions: { code: 'BAD_USER_INPUT' },
};

test.each([
  ['idempotencyKey', { input: { idempotencyKey: 'a\0' } }],
  ['ranges.0.zone', { input: { ranges: [{ zone: '\ud800' }] } }],
  ['plate', { plate: 'A\udc00B' }],
  ['plates.1', { plates: ['A', '\0'] }],
])('a variable is refused at %s', (field, variables) => {
  expect(brokenVariables(variables)).toMatchObject({
    ...REFUSED,
    extensions: { ...REFUSED.extensions, field },
  });
});

test.each([
  ['idempotencyKey', 'mutation { a(input: { idempotencyKey: "a\\u0000" }) }'],
  ['ranges.1.zone', 'mutation { a(input: { ranges: [{ zone: "A" }, { zone: "\\u0000" }] }) }'],
  ['grid.1.0', '{ a(input: { grid: [["A"], ["\\u0000"]] }) }'],
  ['plate', '{ b { a(plate: "\\u0000") } }'],
  ['p', 'query ($p: String = "\\u0000") { a(p: $p) }'],
])('a literal is refused at %s', (field, query) => {
  expect(brokenText(parse(query))).toMatchObject({
    ...REFUSED,
    extensions: { ...REFUSED.extensions, field },
  });
});

test('any whole character passes', () => {
  expect(brokenVariables({ input: { name: 'Zoë 🚗 \u0001\uffff', more: [1, null, true] } })).toBeUndefined();
  expect(brokenText(parse('{ a(input: { name: "Zoë 🚗" }) }'))).toBeUndefined();
});
