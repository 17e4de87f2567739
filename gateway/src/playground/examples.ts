import { API_KEY, PARTNER, SIGN_IN, WEBHOOK } from './examples/access.js';
import type { Example } from './examples/example.js';
import { ENTRY, EXIT, LATE_ENTRY, LOCATIONS, PAY, QUOTE, RECEIPT } from './examples/parking.js';
import { WATCH_OCCUPANCY, WATCH_TICKETS } from './examples/watching.js';

/** The whole story, in the order in which it happens. */
export const EXAMPLES: readonly Example[] = [
  SIGN_IN,
  LOCATIONS,
  WATCH_OCCUPANCY,
  WATCH_TICKETS,
  ENTRY,
  LATE_ENTRY,
  QUOTE,
  PAY,
  EXIT,
  RECEIPT,
  PARTNER,
  API_KEY,
  WEBHOOK,
];
