import { isJsonObject, type JsonObject } from './merge.js';

/** A planner's path: response names, and '@' for "each element of the list". */
export type PlanPath = readonly (string | number)[];

/** The objects at `path` below `value`, lists flattened, nulls left out. */
export function objectsAt(value: unknown, path: PlanPath, from = 0): JsonObject[] {
  const found: JsonObject[] = [];
  collect(value, path, from, found);
  return found;
}

function collect(value: unknown, path: PlanPath, at: number, found: JsonObject[]): void {
  if (Array.isArray(value)) {
    const next = path[at] === '@' ? at + 1 : at;
    for (const item of value) collect(item, path, next, found);
  } else if (isJsonObject(value)) {
    const step = path[at];
    if (step === undefined) found.push(value);
    else collect(value[step], path, at + 1, found);
  }
}

/** Where in the answer the objects `wanted` stand: the paths of an entity's errors. Only walked when there is an error. */
export function pathsOf(
  root: JsonObject,
  path: PlanPath,
  wanted: readonly JsonObject[],
): (string | number)[][] {
  const targets = new Set(wanted);
  const paths: (string | number)[][] = [];
  walk(root, path, 0, []);
  return paths;

  function walk(value: unknown, steps: PlanPath, at: number, place: (string | number)[]): void {
    if (Array.isArray(value)) {
      const next = steps[at] === '@' ? at + 1 : at;
      value.forEach((item, index) => walk(item, steps, next, [...place, index]));
    } else if (isJsonObject(value)) {
      const step = steps[at];
      if (step === undefined) {
        if (targets.has(value)) paths.push(place);
      } else {
        walk(value[step], steps, at + 1, [...place, step]);
      }
    }
  }
}
