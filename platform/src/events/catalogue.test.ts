import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { EVENT_TYPES, isEventType } from './catalogue.js';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);

describe.each(EVENT_TYPES.map((type) => [type.name, type] as const))('%s', (name, type) => {
  test('has an example with exactly the fields of its schema', () => {
    expect(Object.keys(type.example).sort()).toEqual(Object.keys(type.schema.properties ?? {}).sort());
    expect(type.schema.required).toEqual(Object.keys(type.schema.properties ?? {}));
  });

  test('has an example that its schema takes, formats and patterns included', () => {
    const validate = ajv.compile(type.schema);
    validate(type.example);
    expect(validate.errors).toBeNull();
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

test('the schemas refuse values that no event has', () => {
  const entered = EVENT_TYPES.find(({ name }) => name === 'ticket.entered');
  const validate = ajv.compile(entered?.schema ?? {});
  const impossible = {
    code: 'K7Q2-9XWM',
    plate: 'B-PL 1234',
    vehicleKind: 'car',
    ticketId: '7',
    enteredAt: 'today',
  };
  for (const [field, value] of Object.entries(impossible)) {
    expect([field, validate({ ...entered?.example, [field]: value })]).toEqual([field, false]);
  }
});
