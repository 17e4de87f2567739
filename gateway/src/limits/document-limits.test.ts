import { getIntrospectionQuery, parse } from 'graphql';
import { brokenLimit, DOCUMENT_LIMITS } from './document-limits.js';

const code = (query: string) => brokenLimit(parse(query))?.extensions;
const nested = (levels: number) => '{ a '.repeat(levels) + '}'.repeat(levels);
const many = (count: number, field: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => field(index)).join(' ');

test('an operation nested 1,000 deep is refused', () => {
  expect(code(nested(1000))).toEqual({
    code: 'COST_LIMIT_EXCEEDED',
    limit: 'depth',
    actual: 1000,
    maximum: 20,
  });
  expect(code(nested(DOCUMENT_LIMITS.depth))).toBeUndefined();
});

test('depth counts through fragments', () => {
  const query = `{ ...A } fragment A on Q ${nested(10).replace('{ a } ', '{ a ...B }')} fragment B on Q ${nested(12)}`;
  expect(brokenLimit(parse(query.replace('a }', 'a { ...B } }')))?.extensions.limit).toBe('depth');
});

test('a fragment bomb is counted, not expanded', () => {
  const bomb = many(
    30,
    (level) => `fragment F${level} on Q { a { ...F${level + 1} } b { ...F${level + 1} } }`,
  );
  const started = Date.now();
  expect(code(`{ ...F15 } ${bomb} fragment F30 on Q { a }`)).toMatchObject({ limit: 'fields' });
  expect(Date.now() - started).toBeLessThan(1000);
});

test('aliases and root fields have a limit; a mutation fewer root fields', () => {
  expect(code(`{ r { ${many(101, (index) => `a${index}: id`)} } }`)).toMatchObject({
    limit: 'aliases',
    actual: 101,
  });
  expect(code(`{ ${many(31, (index) => `f${index}`)} }`)).toMatchObject({ limit: 'rootFields' });
  expect(code(`mutation { ${many(11, (index) => `f${index}`)} }`)).toMatchObject({ limit: 'rootFields' });
  expect(code(`{ ${many(30, (index) => `f${index}`)} }`)).toBeUndefined();
});

test('an alias that would poison an object is refused', () => {
  expect(code('{ r { __proto__: id } }')).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
});

test('fragments in a circle end', () => {
  expect(code('{ ...A } fragment A on Q { a { ...A } }')).toBeUndefined();
});

test('the playground’s introspection fits', () => {
  expect(code(getIntrospectionQuery())).toBeUndefined();
  expect(() => parse(getIntrospectionQuery(), { maxTokens: DOCUMENT_LIMITS.tokens })).not.toThrow();
});
