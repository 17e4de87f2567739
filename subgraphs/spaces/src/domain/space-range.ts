import { badUserInput } from '@plaza/platform/errors';
import type { SpaceKind } from './space-kind.js';

/** Spaces that differ in their number only: prefix "A-", from 7, count 3, digits 3 are. */
export interface SpaceRange {
  prefix?: string | null;
  /** The first number; 1 unless told. */
  from?: number | null;
  count: number;
  /** The least digits of a number, filled up with zeros; 1 unless told. */
  digits?: number | null;
  kind: SpaceKind;
  /** The name of the zone that they lie in; it is made when the location has none of that name. */
  zone?: string | null;
  features?: string[] | null;
}

/** A space that is yet to be added. */
export interface NewSpace {
  number: string;
  kind: SpaceKind;
  zone: string | null;
  features: string[];
}

export const MOST_SPACES_AT_ONCE = 5000;
const MOST_FEATURES = 20;

/** The spaces of all ranges in order. Throws BAD_USER_INPUT that names the range and the field that is wrong. */
export function spacesOfRanges(ranges: readonly SpaceRange[], field = 'ranges'): NewSpace[] {
  const total = ranges.reduce((sum, { count }) => sum + count, 0);
  if (total > MOST_SPACES_AT_ONCE) {
    throw badUserInput(field, `At most ${MOST_SPACES_AT_ONCE} spaces can be added at once.`);
  }
  const spaces = ranges.flatMap((range, index) => spacesOfRange(range, `${field}.${index}`));
  const numbers = new Set<string>();
  for (const { number } of spaces) {
    if (numbers.has(number)) throw badUserInput(field, `The number ${number} is there twice.`);
    numbers.add(number);
  }
  return spaces;
}

function spacesOfRange(range: SpaceRange, field: string): NewSpace[] {
  const { count, kind } = range;
  const from = range.from ?? 1;
  const digits = range.digits ?? 1;
  const prefix = (range.prefix ?? '').trimStart();
  if (count < 1) throw badUserInput(`${field}.count`, 'A range has at least one space.');
  if (from < 0 || from > 1_000_000) throw badUserInput(`${field}.from`, 'A range starts at 0 to 1,000,000.');
  if (digits < 1 || digits > 8) throw badUserInput(`${field}.digits`, 'A number has 1 to 8 digits.');
  if (prefix.length > 30) throw badUserInput(`${field}.prefix`, 'A prefix has at most 30 characters.');
  const zone = range.zone == null ? null : validZoneName(range.zone, `${field}.zone`);
  const features = validFeatures(range.features ?? [], `${field}.features`);
  return Array.from({ length: count }, (_, index) => ({
    number: prefix + String(from + index).padStart(digits, '0'),
    kind,
    zone,
    features,
  }));
}

/** A zone's name, trimmed. Throws BAD_USER_INPUT for an empty or an overlong one. */
export function validZoneName(text: string, field: string): string {
  const name = text.trim();
  if (name.length < 1 || name.length > 100)
    throw badUserInput(field, "A zone's name has 1 to 100 characters.");
  return name;
}

/** A space's number, trimmed. Throws BAD_USER_INPUT for an empty or an overlong one. */
export function validSpaceNumber(text: string, field: string): string {
  const number = text.trim();
  if (number.length < 1 || number.length > 40) throw badUserInput(field, 'A number has 1 to 40 characters.');
  return number;
}

/** Features in lower case, each once. Throws BAD_USER_INPUT for too many, or an overlong one. */
export function validFeatures(features: readonly string[], field: string): string[] {
  const known = [...new Set(features.map((feature) => feature.trim().toLowerCase()))];
  if (known.length > MOST_FEATURES)
    throw badUserInput(field, `A space has at most ${MOST_FEATURES} features.`);
  if (known.some((feature) => feature.length < 1 || feature.length > 40)) {
    throw badUserInput(field, 'A feature has 1 to 40 characters.');
  }
  return known;
}
