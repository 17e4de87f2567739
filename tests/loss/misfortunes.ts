import type { Random } from '../../replay/random.js';
import type { Topology } from './topologies.js';

/** The ways in which a process ends in a round, and what the report calls them. */
export const ENDS = {
  /** SIGKILL to a process that clients speak to. */
  gateway: 'gateway killed',
  /** SIGKILL to the process that numbers the events. */
  sequencer: 'sequencer killed',
  /** SIGTERM to a process that clients speak to, as a deploy sends it. */
  'gateway stop': 'gateway stopped',
  /** SIGKILL, and SIGTERM, to a process of a subgraph. */
  subgraph: 'subgraph killed',
  'subgraph stop': 'subgraph stopped',
  /** SIGKILL to a session of Postgres, which takes all others with it. */
  session: 'session killed',
  /** SIGKILL to Postgres itself. */
  server: 'server killed',
} as const;
export type End = keyof typeof ENDS;

const OF_SUBGRAPHS: ReadonlySet<End> = new Set(['subgraph', 'subgraph stop']);

/** The ways that there are in a topology. */
export const endsIn = (topology: Topology): End[] =>
  (Object.keys(ENDS) as End[]).filter((end) => topology === 'distributed' || !OF_SUBGRAPHS.has(end));

/** Something that goes wrong when so many of the events are committed, from 0 to 1. */
export interface Misfortune {
  at: number;
  what: End | 'receiver down' | 'receiver up';
}

const FIRST = 0.05;
const LAST = 0.9;
/** A partner's server is away for this share of the events. */
const AWAY = 0.15;

/** Draws when what ends, in the order of time: each so many times, and once a time without webhook receivers. */
export function drawMisfortunes(ends: readonly End[], times: number, random: Random): Misfortune[] {
  const moment = (last = LAST) => FIRST + random() * (last - FIRST);
  const drawn = ends.flatMap((what) => Array.from({ length: times }, () => ({ at: moment(), what })));
  const away = moment(LAST - AWAY);
  const receivers: Misfortune[] = [
    { at: away, what: 'receiver down' },
    { at: away + AWAY, what: 'receiver up' },
  ];
  return [...drawn, ...receivers].sort((one, other) => one.at - other.at);
}
