import { UsageError } from '../../replay/options.js';
import { testLoss } from './loss.js';
import { HELP, readOptions } from './options.js';

const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

const interrupted = new AbortController();
// again and again: npm passes on the Ctrl-C that the terminal has sent to all, and what was started must still end
process.on('SIGINT', () => {
  if (!interrupted.signal.aborted) process.stderr.write('Stopping what was started.\n');
  interrupted.abort();
});
process.on('SIGTERM', () => interrupted.abort());
process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  if (interrupted.signal.aborted) return INTERRUPTED;
  process.stderr.write(`${error.message}\n`);
  return error instanceof UsageError ? WRONG_USAGE : FAILED;
});

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  const { lossless } = await testLoss(options, {
    signal: interrupted.signal,
    print: (line) => process.stdout.write(`${line}\n`),
    tell: (line) => process.stderr.write(`${line}\n`),
  });
  return lossless ? 0 : FAILED;
}
