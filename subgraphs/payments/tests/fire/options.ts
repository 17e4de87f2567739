import { parseArgs } from 'node:util';
import { GUARDS, without } from './guards.js';
import type { FireOptions } from './play.js';
import { AS_IT_IS } from './site.js';

/** What was asked for cannot be done; the message tells why. */
export class UsageError extends Error {}

export const HELP = `npm run test:fire -- [options]

Plays payments under fire: players pay, repeat, refund, leave and void at the same time, through tills (processes) that
are killed at named points, while a provider takes money, answers late and sends its notices twice and out of order.
What must never be so is asked of the database again and again. Exits with 0 only where nothing was found.

  --rounds N     rounds, each on a new database (default 20)
  --seed N       the same seed draws the same commands and deaths; in which order processes come to run is up to the
                 machine (default: another one each time, printed)
  --players N    players at the same time (default 4)
  --commands N   commands of each player in a round (default 40)
  --break N      takes a guard away, to show that it is missed:
${GUARDS.map(({ name }, index) => `                 ${index + 1}  ${name}`).join('\n')}
  --help
`;

/** Reads the command line; null asks for the help. Throws UsageError. */
export function readOptions(args: string[]): FireOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const broken = values.break === undefined ? null : GUARDS[whole('--break', values.break) - 1];
  if (broken === undefined) throw new UsageError(`--break ${values.break} is none of 1 to ${GUARDS.length}.`);
  return {
    rounds: whole('--rounds', values.rounds),
    seed: values.seed === undefined ? Date.now() % 1_000_000_000 : whole('--seed', values.seed),
    players: whole('--players', values.players),
    commands: whole('--commands', values.commands),
    rules: broken ? without(broken) : AS_IT_IS,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        rounds: { type: 'string', default: '20' },
        seed: { type: 'string' },
        players: { type: 'string', default: '4' },
        commands: { type: 'string', default: '40' },
        break: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`${name} "${text}" is no whole number from 1.`);
  return Number(text);
}
