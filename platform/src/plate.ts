import { badUserInput } from './errors.js';

const SEPARATORS = /[\s\p{Pd}]/gu;
const PLATE = /^[\p{L}\p{M}\p{Nd}]{1,16}$/u;

/** A plate in the one form in which it is kept: upper case, no blanks or hyphens. Null for text that is no plate. */
export function plateOf(text: string): string | null {
  if (text.length > 64) return null;
  const plate = text.normalize('NFKC').replace(SEPARATORS, '').toUpperCase();
  return PLATE.test(plate) ? plate : null;
}

/** The plate, normalised. Throws BAD_USER_INPUT for text that is no plate. */
export function requirePlate(text: string, field: string): string {
  const plate = plateOf(text);
  if (!plate) throw badUserInput(field, 'A plate has 1 to 16 letters and digits.');
  return plate;
}
