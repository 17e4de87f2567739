import { badUserInput, type PlazaError } from '@plaza/platform/errors';

/** How much the variables of one operation may hold. The body's limit bounds their text. */
export const VARIABLE_LIMITS = {
  /** Values in all, each list item and object property counted. */
  values: 20_000,
  /** Lists and objects inside each other. */
  depth: 32,
} as const;

/** The error for variables that hold too much; undefined when they are fine. */
export function brokenVariables(variables: Record<string, unknown>): PlazaError | undefined {
  let values = 0;
  const fits = (value: unknown, depth: number): boolean => {
    values += 1;
    if (typeof value !== 'object' || value === null) return true;
    if (depth === VARIABLE_LIMITS.depth || values > VARIABLE_LIMITS.values) return false;
    for (const item of Array.isArray(value) ? value : Object.values(value)) {
      if (!fits(item, depth + 1)) return false;
    }
    return true;
  };
  if (fits(variables, 0) && values <= VARIABLE_LIMITS.values) return undefined;
  const { values: most, depth } = VARIABLE_LIMITS;
  return badUserInput('variables', `The variables may hold ${most} values, nested ${depth} deep.`);
}
