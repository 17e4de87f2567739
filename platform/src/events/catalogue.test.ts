import { EVENT_TYPES, isEventType } from './catalogue.js';

describe.each(EVENT_TYPES.map((type) => [type.name, type] as const))('%s', (name, type) => {
  test('has an example with exactly the fields of its schema', () => {
    expect(Object.keys(type.example).sort()).toEqual(Object.keys(type.schema.properties ?? {}).sort());
    expect(type.schema.required).toEqual(Object.keys(type.schema.properties ?? {}));
  });

  test('describes itself and every field in a sentence', () => {
    const descriptions = [
      type.description,
      ...Object.values(type.schema.properties ?? {}).map((field) => field.description),
    ];
    for (const description of descriptions) expect(description).toMatch(/^[A-Z].*\.$/);
  });

  test('is known by its name', () => {
    expect(isEventType(name)).toBe(true);
  });
});

test('a name from an object’s prototype is no type of event', () => {
  expect(isEventType('constructor')).toBe(false);
});
