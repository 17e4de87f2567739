import type { FetchDataRewrite } from '@apollo/query-planner';
import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { isJsonObject, type JsonObject } from './merge.js';

const FRAGMENT = '... on ';

/** Applies the planner's corrections to what goes to or comes from a subgraph (interface objects, conflicting aliases). */
export function applyRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
): void {
  for (const rewrite of rewrites) rewriteAt(schema, rewrite, rewrite.path, value);
}

function rewriteAt(
  schema: GraphQLSchema,
  rewrite: FetchDataRewrite,
  path: readonly string[],
  value: unknown,
): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(schema, rewrite, path, item);
    return;
  }
  const [step, ...rest] = path;
  if (!isJsonObject(value) || step === undefined) return;
  if (step.startsWith(FRAGMENT)) {
    const type = step.slice(FRAGMENT.length);
    if (value.__typename === undefined || isOfType(schema, value, type))
      rewriteAt(schema, rewrite, rest, value);
  } else if (rest.length > 0) {
    rewriteAt(schema, rewrite, rest, value[step]);
  } else if (rewrite.kind === 'ValueSetter') {
    value[step] = rewrite.setValueTo;
  } else if (value[step] !== undefined) {
    value[rewrite.renameKeyTo] = value[step];
    value[step] = undefined;
  }
}

/** True when the object's __typename is `type` or one of its possible types. */
export function isOfType(schema: GraphQLSchema, object: JsonObject, type: string): boolean {
  const name = object.__typename;
  if (typeof name !== 'string') return false;
  if (name === type) return true;
  const actual = schema.getType(name);
  const wanted = schema.getType(type);
  return (
    isAbstractType(wanted) &&
    (isObjectType(actual) || isInterfaceType(actual)) &&
    schema.isSubType(wanted, actual)
  );
}
