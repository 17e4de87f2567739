import type { PaymentInProgress } from './pay-ticket.outcome.js';

/** Thrown to roll a command back, its idempotency key included: nothing was done, and this is not the end of it. */
class Unfinished extends Error {
  constructor(readonly outcome: PaymentInProgress) {
    super(outcome.message);
  }
}

/** The outcome, when another payment is not in its way. Otherwise throws what `orInProgress` catches. */
export function unlessInProgress<Outcome extends { __typename: string }>(
  outcome: Outcome | PaymentInProgress,
): Outcome {
  if (isInProgress(outcome)) throw new Unfinished(outcome);
  return outcome;
}

/** Answers PaymentInProgress without keeping it: a repeat of the same key is told what has become of it. */
export async function orInProgress<Outcome>(command: Promise<Outcome>): Promise<Outcome | PaymentInProgress> {
  try {
    return await command;
  } catch (error) {
    if (error instanceof Unfinished) return error.outcome;
    throw error;
  }
}

const isInProgress = (outcome: { __typename: string }): outcome is PaymentInProgress =>
  outcome.__typename === 'PaymentInProgress';
