/** Rung by a process that has committed events; heard by the sequencer. Carries nothing. */
export const BELL_CHANNEL = 'plaza_bell';

/** Rung by the sequencer after it gave out positions. Carries `tenant:position`, comma-separated. */
export const EVENTS_CHANNEL = 'plaza_events';

/**
 * Notified by the databases' triggers when a session is revoked, an API key revoked or changed, or a member's roles or
 * membership change. Carries `session:<id>`, `apiKey:<id>` or `user:<id>`.
 */
export const ACCESS_CHANNEL = 'plaza_access';
