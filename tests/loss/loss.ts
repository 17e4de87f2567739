import { copyWithout } from './broken-copy.js';
import type { LossOptions } from './options.js';
import { heading, row, totals } from './report.js';
import { playRound, type RoundResult } from './round.js';

export interface LossResult {
  rounds: RoundResult[];
  /** Whether nothing was missing, out of order, foreign, badly signed or told without its data. */
  lossless: boolean;
}

export interface LossContext {
  signal: AbortSignal;
  /** Gets the table, line by line. */
  print(line: string): void;
  /** Gets what happens meanwhile. */
  tell(line: string): void;
}

/** Plays the rounds one after the other. Rejects when the signal is aborted or a process does not come back. */
export async function testLoss(
  options: LossOptions,
  { signal, print, tell }: LossContext,
): Promise<LossResult> {
  const copy = options.without === null ? undefined : await copyWithout(options.without);
  const rounds: RoundResult[] = [];
  try {
    print(heading(options));
    for (let number = 1; number <= options.rounds; number += 1) {
      const result = await playRound(options, `${options.seed} ${number}`, {
        project: copy?.project,
        signal,
        tell: (line) => tell(`round ${number}: ${line}`),
      });
      rounds.push(result);
      print(row(options.topology, number, result));
      for (const finding of result.findings) tell(`round ${number}: ${finding}`);
    }
  } finally {
    await copy?.remove();
  }
  print(totals(options, rounds));
  return { rounds, lossless: rounds.every(isLossless) };
}

const isLossless = ({ findings, forged }: RoundResult): boolean => findings.length === 0 && forged === 0;
