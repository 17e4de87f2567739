import { KILLS } from './misfortunes.js';
import type { LossOptions } from './options.js';
import type { RoundResult } from './round.js';

const COLUMNS = [
  'round',
  'events',
  'clients',
  'cut off',
  ...KILLS.map((kill) => `${kill} killed`),
  'repeats',
  'missing',
  'out of order',
  'foreign',
  'forged',
  'seconds',
];

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell, index) => cell.padStart(COLUMNS[index]?.length ?? 0)).join(' | ')} |`;

/** The table's first lines. */
export function heading({ writers, tenants, without }: LossOptions): string {
  const what = without === null ? '' : `, without the guard: ${without}`;
  const rule = COLUMNS.map((column) => '-'.repeat(column.length));
  return [`${writers} writers, ${tenants} organizations${what}`, '', line(COLUMNS), line(rule)].join('\n');
}

/** One round as a row of the table. */
export const row = (round: number | string, result: Omit<RoundResult, 'findings'>): string =>
  line([
    String(round),
    String(result.events),
    String(result.clients),
    String(result.disconnects),
    ...KILLS.map((kill) => String(result.kills[kill])),
    String(result.repeats),
    String(result.missing),
    String(result.outOfOrder),
    String(result.foreign),
    String(result.forged),
    result.seconds.toFixed(0),
  ]);

/** The last row, over all rounds, and the seed that plays them again. */
export function totals({ seed, clients }: LossOptions, rounds: readonly RoundResult[]): string {
  const sum = (of: (result: RoundResult) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const all = row('all', {
    events: sum(({ events }) => events),
    clients,
    disconnects: sum(({ disconnects }) => disconnects),
    kills: {
      gateway: sum(({ kills }) => kills.gateway),
      sequencer: sum(({ kills }) => kills.sequencer),
      session: sum(({ kills }) => kills.session),
      server: sum(({ kills }) => kills.server),
    },
    repeats: sum(({ repeats }) => repeats),
    missing: sum(({ missing }) => missing),
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
    foreign: sum(({ foreign }) => foreign),
    forged: sum(({ forged }) => forged),
    seconds: sum(({ seconds }) => seconds),
  });
  return `${all}\n\nseed ${seed}`;
}
