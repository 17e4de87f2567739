import 'reflect-metadata';
import start from '../../../../tests/setup/start.mjs';
import stop from '../../../../tests/setup/stop.mjs';
import { HELP, readOptions, UsageError } from './options.js';
import { type FireOptions, playWithFire } from './play.js';

const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

const interrupted = new AbortController();
process.on('SIGINT', () => {
  if (!interrupted.signal.aborted) process.stderr.write('Stopping after this round.\n');
  interrupted.abort();
});
process.on('SIGTERM', () => interrupted.abort());
process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return error instanceof UsageError ? WRONG_USAGE : FAILED;
});

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  await start();
  try {
    return await play(options);
  } finally {
    await stop();
  }
}

async function play(options: FireOptions): Promise<number> {
  const began = performance.now();
  const { seed, rounds } = options;
  process.stderr.write(`Seed ${seed}.\n`);
  const played = await playWithFire({
    ...options,
    signal: interrupted.signal,
    tell: ({ round, commands, kills, payments }) =>
      process.stderr.write(
        `Round ${round} of ${rounds}: ${commands} commands, ${payments} payments, ${kills} kills.\n`,
      ),
  });
  const seconds = Math.round((performance.now() - began) / 1_000);
  const { commands, payments, kills, looks } = played;
  process.stdout.write(
    `Seed ${seed}: ${played.rounds} rounds, ${commands} commands, ${payments} payments, ${kills} kills, ` +
      `${looks} looks at the whole database in ${seconds} s. Nothing was violated.\n`,
  );
  return interrupted.signal.aborted ? INTERRUPTED : 0;
}
