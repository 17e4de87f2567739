/** Rung by a process that has committed events; heard by the sequencer. Carries nothing. */
export const BELL_CHANNEL = 'plaza_bell';

/** Rung by the sequencer after it gave out positions. Carries `tenant:position`, comma-separated. */
export const EVENTS_CHANNEL = 'plaza_events';
