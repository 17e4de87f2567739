import { ENDS, endsIn } from './misfortunes.js';
import type { LossOptions } from './options.js';
import type { RoundResult } from './round.js';
import type { Topology } from './topologies.js';

type Row = Omit<RoundResult, 'findings'>;

const columnsOf = (topology: Topology): string[] => [
  'round',
  'events',
  'clients',
  'cut off',
  ...endsIn(topology).map((end) => ENDS[end]),
  'told 1012',
  'repeats',
  'missing',
  'out of order',
  'foreign',
  'forged',
  'seconds',
];

function line(topology: Topology, cells: readonly string[]): string {
  const columns = columnsOf(topology);
  return `| ${cells.map((cell, index) => cell.padStart(columns[index]?.length ?? 0)).join(' | ')} |`;
}

/** The table's first lines. */
export function heading({ topology, writers, tenants, without }: LossOptions): string {
  const what = without === null ? '' : `, without the guard: ${without}`;
  const columns = columnsOf(topology);
  const rule = columns.map((column) => '-'.repeat(column.length));
  return [
    `${topology}, ${writers} writers, ${tenants} organizations${what}`,
    '',
    line(topology, columns),
    line(topology, rule),
  ].join('\n');
}

/** One round as a row of the table. */
export const row = (topology: Topology, round: number | string, result: Row): string =>
  line(topology, [
    String(round),
    String(result.events),
    String(result.clients),
    String(result.disconnects),
    ...endsIn(topology).map((end) => String(result.ends[end])),
    String(result.goodbyes),
    String(result.repeats),
    String(result.missing),
    String(result.outOfOrder),
    String(result.foreign),
    String(result.forged),
    result.seconds.toFixed(0),
  ]);

/** The last row, over all rounds, and the seed that plays them again. */
export function totals({ topology, seed, clients }: LossOptions, rounds: readonly RoundResult[]): string {
  const sum = (of: (result: RoundResult) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const ends = Object.fromEntries(endsIn(topology).map((end) => [end, sum((round) => round.ends[end])]));
  const all = row(topology, 'all', {
    events: sum(({ events }) => events),
    clients,
    disconnects: sum(({ disconnects }) => disconnects),
    ends: ends as RoundResult['ends'],
    goodbyes: sum(({ goodbyes }) => goodbyes),
    repeats: sum(({ repeats }) => repeats),
    missing: sum(({ missing }) => missing),
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
    foreign: sum(({ foreign }) => foreign),
    forged: sum(({ forged }) => forged),
    seconds: sum(({ seconds }) => seconds),
  });
  return `${all}\n\nseed ${seed}`;
}
