import { type OperationDefinitionNode, parse } from 'graphql';
import { everyFieldHasKey } from './keys.js';

const operation = (text: string) => parse(text).definitions[0] as OperationDefinitionNode;

test.each([
  ['mutation ($input: I!) { pay(input: $input) { id } }', { input: { idempotencyKey: 'k' } }, true],
  ['mutation ($input: I!) { pay(input: $input) { id } }', { input: { amount: 1 } }, false],
  ['mutation { pay(input: { idempotencyKey: "k" }) { id } }', {}, true],
  ['mutation ($key: String) { pay(input: { idempotencyKey: $key }) { id } }', { key: 'k' }, true],
  ['mutation ($key: String) { pay(input: { idempotencyKey: $key }) { id } }', { key: null }, false],
  ['mutation { a: pay(input: { idempotencyKey: "k" }) { id } b: pay(input: {}) { id } }', {}, false],
  ['mutation { signOut { id } }', {}, false],
  ['mutation { ...f } fragment f on Mutation { pay(input: { idempotencyKey: "k" }) { id } }', {}, false],
])('%s with %j has keys everywhere: %s', (text, variables, expected) => {
  expect(everyFieldHasKey(operation(text), variables)).toBe(expected);
});
