import type { Guard } from './options.js';

/** A text of the product that stands exactly once in a file, and what the product reads without the guard. */
export interface Patch {
  file: string;
  find: string;
  replace: string;
}

/** How each guard is taken out of a copy of the product. */
export const GUARD_PATCHES: Record<Guard, readonly Patch[]> = {
  position: [],
  reread: [],
  tenant: [],
};
