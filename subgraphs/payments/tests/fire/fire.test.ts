import { playWithFire } from './play.js';

// `npm run test:fire` plays longer; what a seed drew is drawn again by `npm run test:fire -- --seed N`
const SEED = Number(process.env.PLAZA_FIRE_SEED ?? Date.now() % 1_000_000_000);
const ROUNDS = Number(process.env.PLAZA_FIRE_ROUNDS ?? 4);

test('money is neither lost nor invented while tills are killed at every step', async () => {
  const { commands, kills, looks, payments } = await playWithFire({
    rounds: ROUNDS,
    seed: SEED,
    players: 4,
    commands: 40,
  });
  const played = `${commands} commands, ${payments} payments, ${kills} kills, ${looks} looks`;
  process.stdout.write(`Seed ${SEED}: ${ROUNDS} rounds, ${played}.\n`);
  expect(kills).toBeGreaterThan(0);
}, 240_000);
