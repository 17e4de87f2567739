import { badUserInput, type PlazaError } from '@plaza/platform/errors';
import { variablePath } from './input-path.js';
import { isText, notText } from './text.js';

/** How much the variables of one operation may hold. The body's limit bounds their text. */
export const VARIABLE_LIMITS = {
  /** Values in all, each list item and object property counted. */
  values: 20_000,
  /** Lists and objects inside each other. */
  depth: 32,
} as const;

/** The error for variables that hold too much, or text that can't be kept; undefined when they are fine. */
export function brokenVariables(variables: Record<string, unknown>): PlazaError | undefined {
  let values = 0;
  let isAllText = true;
  const fits = (value: unknown, depth: number): boolean => {
    values += 1;
    if (typeof value === 'string') isAllText &&= isText(value);
    if (typeof value !== 'object' || value === null) return true;
    if (depth === VARIABLE_LIMITS.depth || values > VARIABLE_LIMITS.values) return false;
    for (const item of Array.isArray(value) ? value : Object.values(value)) {
      if (!fits(item, depth + 1)) return false;
    }
    return true;
  };
  if (!fits(variables, 0) || values > VARIABLE_LIMITS.values) {
    const { values: most, depth } = VARIABLE_LIMITS;
    return badUserInput('variables', `The variables may hold ${most} values, nested ${depth} deep.`);
  }
  return isAllText ? undefined : notText(variablePath(variables, pathToBroken(variables) ?? []));
}

/** The way to the first text that can't be kept. */
function pathToBroken(value: unknown): string[] | undefined {
  if (typeof value === 'string') return isText(value) ? undefined : [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const path = pathToBroken(item);
    if (path) return [key, ...path];
  }
  return undefined;
}
