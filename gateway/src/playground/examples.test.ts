import { readFileSync } from 'node:fs';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { EXAMPLES } from './examples.js';

const schema = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'));

test.each(EXAMPLES)('"$title" is an operation of the graph as it is', ({ query, variables }) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const text = JSON.stringify(variables ?? {}).replaceAll('{{twoHoursAgo}}', '2026-11-22T01:00:00Z');
  const filled = JSON.parse(text.replaceAll(/\{\{\w+\}\}/g, 'text'));
  const { variableDefinitions } = getOperationAST(document)!;
  const { errors } = getVariableValues(schema, variableDefinitions ?? [], filled as Record<string, unknown>);
  expect(errors ?? []).toEqual([]);
});

test('every example has a title of its own and says what it shows', () => {
  expect(new Set(EXAMPLES.map(({ title }) => title)).size).toBe(EXAMPLES.length);
  for (const { about } of EXAMPLES) expect(about).toMatch(/\.$/);
});
