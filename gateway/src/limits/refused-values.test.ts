import { buildSchema, getVariableValues, Kind, parse, validate, type GraphQLError } from 'graphql';
import { checkInputScalars } from '../graph/input-scalars.js';
import { nameRefusedLiteral, nameRefusedVariables } from './refused-values.js';

const schema = buildSchema(`
  scalar DateTime
  enum Kind { CAR TRUCK }
  input Range { first: Int! kind: Kind }
  input Entry { plate: String! at: DateTime kind: Kind ranges: [Range!] }
  type Query { enter(input: Entry, at: DateTime, many: [[Int]]): Int }
`);
checkInputScalars(schema);

const fields = (errors: readonly GraphQLError[]) => errors.map(({ extensions }) => extensions.field);

test.each([
  [['plate'], { input: { plate: 1 } }],
  [['plate'], { input: {} }],
  [['nonsense'], { input: { plate: 'A', nonsense: 1 } }],
  [['at'], { input: { plate: 'A', at: 'yesterday' } }],
  [['kind', 'ranges.1.first'], { input: { plate: 'A', kind: 'BIKE', ranges: [{ first: 1 }, {}] } }],
  [['ranges.0.kind'], { input: { plate: 'A', ranges: [{ first: 1, kind: ' at "input.plate"; ' }] } }],
  [['input'], { input: null }],
  [['input'], {}],
  [['at', 'many.0.1'], { input: { plate: 'A' }, at: 7, many: [[1, 'x']] }],
])('variables are refused at %j', (expected, variables) => {
  const query =
    'query ($input: Entry!, $at: DateTime, $many: [[Int]]) { enter(input: $input, at: $at, many: $many) }';
  const [operation] = parse(query).definitions;
  const definitions =
    operation?.kind === Kind.OPERATION_DEFINITION ? operation.variableDefinitions : undefined;
  const { errors = [] } = getVariableValues(schema, definitions ?? [], variables);
  nameRefusedVariables(errors, schema, definitions ?? [], variables);
  expect(fields(errors)).toEqual(expected);
});

test.each([
  ['plate', '{ enter(input: { plate: 1 }) }'],
  ['plate', '{ enter(input: {}) }'],
  ['nonsense', '{ enter(input: { plate: "A", nonsense: 1 }) }'],
  ['at', '{ enter(input: { plate: "A", at: "yesterday" }) }'],
  ['ranges.1.kind', '{ enter(input: { plate: "A", ranges: [{ first: 1 }, { first: 2, kind: BIKE }] }) }'],
  ['ranges.0.first', '{ enter(input: { plate: "A", ranges: [{}] }) }'],
  ['at', '{ enter(at: 7) }'],
  ['many.0.1', '{ enter(many: [[1, "x"]]) }'],
  ['input', '{ enter(input: 5) }'],
  ['at', 'query ($at: DateTime = "yesterday") { enter(at: $at) }'],
])('a literal is refused at %s', (expected, query) => {
  const document = parse(query);
  const errors = validate(schema, document);
  errors.forEach((error) => nameRefusedLiteral(error, document));
  expect(fields(errors)).toEqual([expected]);
});

test('an error that concerns no value names no field', () => {
  const document = parse('{ enter(nonsense: 1) { deeper } }');
  const errors = validate(schema, document);
  errors.forEach((error) => nameRefusedLiteral(error, document));
  expect(errors.length).toBeGreaterThan(0);
  expect(fields(errors).filter((field) => field !== undefined)).toEqual([]);
});

test('what a scalar lets pass stays as it was written', () => {
  const [operation] = parse(
    'query ($at: DateTime, $late: DateTime = "2026-11-22T08:30:00Z") { enter(at: $at) }',
  ).definitions;
  const definitions =
    operation?.kind === Kind.OPERATION_DEFINITION ? operation.variableDefinitions : undefined;
  const at = '2026-11-22T09:30:00+01:00';
  expect(getVariableValues(schema, definitions ?? [], { at }).coerced).toEqual({
    at,
    late: '2026-11-22T08:30:00Z',
  });
});
