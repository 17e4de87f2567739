import { duration } from './progress.js';
import type { Tally } from './tally.js';

/** What a replay did, as lines for people. */
export function summary(tally: Tally, currency: string): string {
  const elapsed = performance.now() - tally.started;
  const commands = tally.entries + tally.exits + tally.paid + tally.free;
  const methods = [...tally.payments].map(([method, count]) => `${whole(count)} ${method.toLowerCase()}`);
  const money = new Intl.NumberFormat('en', { style: 'currency', currency }).format(tally.taken / 1000);
  const lines = [
    `entries     ${whole(tally.entries)}`,
    `exits       ${whole(tally.exits)}`,
    `payments    ${whole(tally.paid)}: ${money} (${methods.join(', ') || 'none'}); nothing was due ${times(tally.free)}`,
    `time        ${duration(elapsed)}, ${perSecond(tally.requests, elapsed)} requests/s, ${perSecond(commands, elapsed)} commands/s`,
    ...(tally.retries > 0 ? [`sent again  ${whole(tally.retries)} requests`] : []),
    '',
    // A request carries several cars, so its latency is that of all its commands together.
    ...tally.latencies.table(),
    '',
    ...[...tally.refusals].map(([what, count]) => `refused     ${what} ${times(count)}`),
    `instants    ${whole(tally.instants)} compared`,
    `mismatches  ${whole(tally.mismatches)}`,
    ...tally.firstMismatches.map(
      ({ carPark, at, recorded, platform, balance }) =>
        `  ${carPark} ${new Date(at).toISOString()}: recorded ${recorded}, platform ${platform}, entries - exits ${balance}`,
    ),
  ];
  return lines.join('\n');
}

const whole = (count: number): string => count.toLocaleString('en');
const times = (count: number): string => (count === 1 ? 'once' : `${whole(count)} times`);
const perSecond = (count: number, milliseconds: number): string =>
  whole(Math.round((count * 1000) / milliseconds));
