import type { z } from 'zod';
import type { RuleFault, TariffRules } from '../tariff/tariff-rules.js';

/** Something that one model says and the other has no way to say. */
export interface NotExpressed {
  /** Where it is said, in the document that was read or in the rules that were written: "elements.1.restrictions". */
  path: string;
  /** What it says there. */
  says: string;
  /** Why it is not in the result, or how the result differs from it, for an operator's engineer. */
  why: string;
}

/** A tariff read from a document: not yet checked, not yet published. */
export interface TariffDraft {
  name: string;
  /** From when on the document says that it applies; null: it does not say. */
  effectiveFrom: Date | null;
  rules: TariffRules;
  notExpressed: NotExpressed[];
}

/** What was read, or why the document is no tariff of that format: paths are those of the document. */
export type Imported = { draft: TariffDraft } | { faults: RuleFault[] };

/** What a document says about a tariff beside its rules. */
export interface TariffHeading {
  id: string;
  name: string;
  number: number;
  effectiveFrom: Date;
  publishedAt: Date;
}

/** A document of another model, and what it does not say. */
export interface ExportedTariff {
  document: Record<string, unknown>;
  notExpressed: NotExpressed[];
}

const LONGEST = 300;

export type Path = readonly (string | number)[];

/** Collects what gets lost on the way from one model to the other. */
export class Losses {
  readonly all: NotExpressed[] = [];

  add(path: Path, says: unknown, why: string): void {
    this.all.push({
      path: path.join('.'),
      says: shortened(typeof says === 'string' ? says : (JSON.stringify(says) ?? ''), LONGEST),
      why,
    });
  }
}

/** Minor units that may have fractions as a whole amount; what is rounded is listed. */
export function wholeAmount(minor: number, path: Path, losses: Losses): number {
  if (!Number.isInteger(minor)) {
    losses.add(path, `${minor} minor units`, 'No whole amount of the currency: it is rounded.');
  }
  return Math.round(minor);
}

/** A name as a tariff or a band may have it. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** What a schema found wrong, with paths of the whole document. */
export const faultsOf = (error: z.ZodError, within: Path = []): RuleFault[] =>
  error.issues.map(({ path, message }) => ({ path: [...within, ...path].join('.'), message }));
