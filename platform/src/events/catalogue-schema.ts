/** The part of JSON Schema (2020-12) that the catalogue speaks. */
export interface JsonSchema {
  type: string | string[];
  description?: string;
  format?: string;
  pattern?: string;
  enum?: (string | null)[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

export const EXAMPLE_LOCATION = '0198c0de-0000-7000-8000-000000000001';
export const EXAMPLE_SPACE = '0198c0de-0000-7000-8000-000000000002';
export const EXAMPLE_TICKET = '0198c0de-0000-7000-8000-000000000003';

export const text = (description: string): JsonSchema => ({ type: 'string', description });
export const id = (description: string): JsonSchema => ({ type: 'string', format: 'uuid', description });
export const integer = (description: string): JsonSchema => ({ type: 'integer', description });
export const instant = (description: string): JsonSchema => ({
  type: 'string',
  format: 'date-time',
  description,
});
export const words = (description: string, ...allowed: string[]): JsonSchema => ({
  type: 'string',
  enum: allowed,
  description,
});
/** Text of which every value matches a pattern (with the flag u). */
export const shaped = (description: string, pattern: string): JsonSchema => ({
  type: 'string',
  pattern,
  description,
});
export const currency = (description: string): JsonSchema => shaped(description, '^[A-Z]{3}$');
/** A decimal string such as "12.50". */
export const money = (description: string): JsonSchema => shaped(description, '^-?\\d+(\\.\\d+)?$');
export const nullable = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: [schema.type, 'null'].flat(),
  ...(schema.enum ? { enum: [...schema.enum, null] } : {}),
});

/** The definition of a type of event; every property is always there. */
export const payload = (
  description: string,
  properties: Record<string, JsonSchema>,
  example: Record<string, unknown>,
) => ({ description, schema: { type: 'object', properties, required: Object.keys(properties) }, example });
