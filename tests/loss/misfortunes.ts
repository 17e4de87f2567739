import type { Random } from '../../replay/random.js';

/** What is killed. A `session` is one of Postgres, which takes all others with it; `server` is Postgres itself. */
export const KILLS = ['gateway', 'sequencer', 'session', 'server'] as const;
export type Kill = (typeof KILLS)[number];

/** Something that goes wrong when so many of the events are committed, from 0 to 1. */
export interface Misfortune {
  at: number;
  what: Kill | 'receiver down' | 'receiver up';
}

const FIRST = 0.05;
const LAST = 0.9;
/** A partner's server is away for this share of the events. */
const AWAY = 0.15;

/** Draws when what is killed, in the order of time: each kind so many times, and once a time without webhook receivers. */
export function drawMisfortunes(kills: number, random: Random): Misfortune[] {
  const moment = (last = LAST) => FIRST + random() * (last - FIRST);
  const killed = KILLS.flatMap((what) => Array.from({ length: kills }, () => ({ at: moment(), what })));
  const away = moment(LAST - AWAY);
  const receivers: Misfortune[] = [
    { at: away, what: 'receiver down' },
    { at: away + AWAY, what: 'receiver up' },
  ];
  return [...killed, ...receivers].sort((one, other) => one.at - other.at);
}
