/** The embedded database cannot start; the message is one sentence for the person who started Plaza. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}
