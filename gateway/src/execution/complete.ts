import { GraphQLError } from 'graphql';
import { isJsonObject, type JsonObject } from './merge.js';
import type { FieldShape, ObjectShape, ValueShape } from './shape.js';

/** What `complete` made of the fetched data. */
export interface Completed {
  data: JsonObject | null;
  /** Nulls in places that promise a value, and values that don't fit their type. */
  violations: GraphQLError[];
}

type Path = (string | number)[];

// a null that has to take its parent with it
const BUBBLE = Symbol('bubble');

/**
 * Brings fetched data into the order and form of the operation. A missing value is null; a null where the graph
 * promises a value makes its parent null, up to the nearest field that may be.
 */
export function complete(
  shape: ObjectShape,
  fetched: JsonObject,
  introspect: (field: FieldShape) => unknown,
): Completed {
  const violations: GraphQLError[] = [];
  const path: Path = [];
  const data = completeObject(shape, fetched);
  return { data: data === BUBBLE ? null : data, violations };

  function completeObject(object: ObjectShape, input: JsonObject): JsonObject | typeof BUBBLE {
    const output: JsonObject = {};
    for (const field of object.fields) {
      if (field.source === 'typename') {
        output[field.responseName] = object.typeName;
        continue;
      }
      if (field.source === 'introspection') {
        output[field.responseName] = introspect(field);
        continue;
      }
      path.push(field.responseName);
      const value = completeValue(field.value, input[field.responseName]);
      path.pop();
      if (value === BUBBLE) return BUBBLE;
      output[field.responseName] = value;
    }
    return output;
  }

  function completeValue(value: ValueShape, input: unknown): unknown {
    const completed = input === null || input === undefined ? null : completePresent(value, input);
    if (completed !== BUBBLE && completed !== null) return completed;
    if (!value.nonNull) return null;
    if (completed === null) violate('Cannot return null for a field that is never null.');
    return BUBBLE;
  }

  function completePresent(value: ValueShape, input: unknown): unknown {
    if (value.list) return completeList(value.list, input);
    if (value.leaf) return value.leaf(input) ? input : violate('The value does not fit its type.');
    const typeName = isJsonObject(input) ? input.__typename : undefined;
    const shape = value.objectOf?.(typeof typeName === 'string' ? typeName : undefined);
    if (!shape || !isJsonObject(input)) return violate('The value does not fit its type.');
    return completeObject(shape, input);
  }

  function completeList(item: ValueShape, input: unknown): unknown {
    if (!Array.isArray(input)) return violate('The value does not fit its type.');
    const output: unknown[] = new Array(input.length);
    for (let index = 0; index < input.length; index += 1) {
      path.push(index);
      const value = completeValue(item, input[index]);
      path.pop();
      if (value === BUBBLE) return BUBBLE;
      output[index] = value;
    }
    return output;
  }

  function violate(message: string): null {
    violations.push(new GraphQLError(message, { path: [...path] }));
    return null;
  }
}
