import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isJsonObject, mergeInto, type JsonObject } from './merge.js';
import { isOfType } from './rewrites.js';

/** The entities of one fetch: each different one once, and the objects that wait for it. */
export interface Representations {
  unique: JsonObject[];
  /** For each unique representation the objects in the answer that it stands for. */
  waiting: JsonObject[][];
}

/**
 * What a subgraph must know of each object to add its fields. Fifty tickets of one location ask for that location once.
 */
export function represent(
  schema: GraphQLSchema,
  objects: readonly JsonObject[],
  requires: readonly QueryPlanSelectionNode[],
): Representations {
  const places = new Map<string, number>();
  const unique: JsonObject[] = [];
  const waiting: JsonObject[][] = [];
  for (const object of objects) {
    const representation = pick(schema, object, requires);
    if (!representation || representation.__typename === undefined) continue;
    const identity = identityOf(representation);
    const place = places.get(identity);
    if (place === undefined) {
      places.set(identity, unique.length);
      unique.push(representation);
      waiting.push([object]);
    } else {
      waiting[place]?.push(object);
    }
  }
  return { unique, waiting };
}

// nearly every key is (__typename, id): no need to serialise those
function identityOf(representation: JsonObject): string {
  const { __typename: type, id } = representation;
  let properties = 0;
  for (const _ in representation) properties += 1;
  return properties === 2 && typeof id === 'string' && typeof type === 'string'
    ? `${type}\n${id}`
    : JSON.stringify(representation);
}

function pick(
  schema: GraphQLSchema,
  source: JsonObject,
  selections: readonly QueryPlanSelectionNode[],
): JsonObject | null {
  const picked: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      const value = source[name];
      // a required field that is missing: this object has no such entity
      if (value === undefined) return null;
      picked[name] = selection.selections ? pickValue(schema, value, selection.selections) : value;
    } else if (selection.typeCondition && isOfType(schema, source, selection.typeCondition)) {
      const part = pick(schema, source, selection.selections);
      if (part) mergeInto(picked, part);
    }
  }
  return picked;
}

function pickValue(
  schema: GraphQLSchema,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[],
): unknown {
  if (Array.isArray(value)) return value.map((item) => pickValue(schema, item, selections));
  return isJsonObject(value) ? pick(schema, value, selections) : value;
}
