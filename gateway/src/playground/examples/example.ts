/** A saved operation of the playground. */
export interface Example {
  title: string;
  /** What it shows, for somebody who reads the list. */
  about: string;
  query: string;
  /** `{{locationId}}`, `{{ticketId}}` and the like stand for what an earlier answer held; `{{new}}` for a new key. */
  variables?: Record<string, unknown>;
}
