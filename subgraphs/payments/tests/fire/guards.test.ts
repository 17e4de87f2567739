import { type Guard, GUARDS, withMistake, without } from './guards.js';
import { playWithFire } from './play.js';

// with a guard gone most rounds find it; these many do unless the model is blind
const MOST_ROUNDS = 8;
const ROUND = { seed: 7, players: 4, commands: 30 };

test.each(GUARDS.filter(({ mistake }) => mistake))(
  '$name: it holds against the mistake',
  async (guard: Guard) => {
    await playWithFire({ ...ROUND, rounds: 1, rules: withMistake(guard) });
  },
  120_000,
);

test.each(GUARDS)(
  '$name: without it the model finds a violation',
  async (guard: Guard) => {
    const played = playWithFire({ ...ROUND, rounds: MOST_ROUNDS, rules: without(guard) });
    await expect(played).rejects.toThrow(new RegExp(`Violated: (${guard.expected.join('|')})[.]`));
  },
  240_000,
);
