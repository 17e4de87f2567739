import { StartError } from '../../server/start.js';

/** The embedded database cannot start. Its message is one sentence for the person who started Plaza. */
export class EmbeddedPostgresError extends StartError {}
