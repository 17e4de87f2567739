import { setTimeout as sleep } from 'node:timers/promises';

/** How long a provider may take before its answer is left to the recovery pass; well below that pass's own patience. */
const PATIENCE = 10_000;

/** The provider's answer, or an error when it takes too long: that is no answer, the money may have moved. */
export const answered = <Answer>(asked: Promise<Answer>): Promise<Answer> => Promise.race([asked, silence()]);

async function silence(): Promise<never> {
  await sleep(PATIENCE, undefined, { ref: false });
  throw new Error('The provider did not answer in time.');
}

/** Waits for the outcome that another request is getting: reads it less and less often, null when it takes too long. */
export async function awaitOutcome<Outcome>(read: () => Promise<Outcome | null>): Promise<Outcome | null> {
  const until = performance.now() + PATIENCE;
  for (let pause = 10; performance.now() < until; pause = Math.min(pause * 1.5, 250)) {
    const outcome = await read();
    if (outcome) return outcome;
    await sleep(pause);
  }
  return null;
}
