import fc from 'fast-check';
import { plays } from './commands.js';
import { QUIET, UNFINISHED } from './invariants.js';
import { AS_IT_IS, type Rules, Site } from './site.js';

export interface FireOptions {
  rounds: number;
  /** The same seed draws the same commands and deaths; in which order processes come to run is up to the machine. */
  seed: number;
  /** Players at the same time. */
  players: number;
  /** What each of them does in a round. */
  commands: number;
  rules?: Rules;
  signal?: AbortSignal;
  /** Told after each round. */
  tell?: (round: Played & { round: number }) => void;
}

/** What was played. */
export interface Played {
  rounds: number;
  commands: number;
  kills: number;
  looks: number;
  payments: number;
}

const ROUNDS_TO_QUIET = 20;
const NEVER = { till: 0, death: null, slow: 0 };

/** Plays rounds on a new database each. Throws, with the seed and what was played last, where an invariant is violated. */
export async function playWithFire(options: FireOptions): Promise<Played> {
  const { rounds, seed, players, commands, rules = AS_IT_IS, signal, tell } = options;
  const sum: Played = { rounds: 0, commands: 0, kills: 0, looks: 0, payments: 0 };
  const property = fc.asyncProperty(plays(players, commands), async (plan) => {
    if (signal?.aborted) return;
    const site = await Site.open(rules);
    try {
      await playRound(site, plan);
    } finally {
      await site.close();
      sum.rounds += 1;
      sum.commands += site.commands;
      sum.kills += site.kills;
      sum.looks += site.watch.looks;
      sum.payments += site.players.payments.length;
      tell?.({ ...sum, round: sum.rounds });
    }
  });
  // what is found depends on the moment too: smaller plans that happen to pass would only mislead
  await fc.assert(property, { seed, numRuns: rounds, endOnFailure: true, includeErrorInReport: true });
  return sum;
}

async function playRound(site: Site, plan: fc.AsyncCommand<Site['players'], Site>[][]): Promise<void> {
  const model = site.players;
  // who goes on while another has found something ends soon too: each command checks
  const ends = await Promise.allSettled(
    plan.map((commands) => fc.asyncModelRun(() => ({ model, real: site }), commands)),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  await site.rest();
  await calmDown(site);
  await site.look();
  await site.look(QUIET);
}

/** Lets everything come to its end: the bank, its notices, what the payers gave up, the recovery. */
async function calmDown(site: Site): Promise<void> {
  for (let turn = 0; turn < ROUNDS_TO_QUIET; turn += 1) {
    await site.bank.act();
    for (const letter of site.bank.letters.filter(({ acknowledged }) => !acknowledged)) {
      await site.deliver(letter, NEVER);
    }
    const waiting = await site.on.see<{ id: string }>(
      `select id from payments.payment where next_action ->> 'kind' = 'CODE' and status = 'PENDING'`,
    );
    for (const { id: paymentId } of waiting) {
      await site.send(site.players.command('cancel', { paymentId }), NEVER);
    }
    if (site.rules.recovers) await site.recover(0, NEVER);
    await site.bank.idle();
    if ((await site.on.see(UNFINISHED.sql)).length === 0) return;
  }
}
