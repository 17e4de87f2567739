import type { ExecutionResult } from 'graphql';
import { isJsonObject, type JsonObject } from './merge.js';

const unfinished = new WeakSet<ExecutionResult>();

/**
 * Remembers of an answer whether one of its commands is still under way: its outcome is a type named "...InProgress". The
 * client need not have selected the name; the planner fetches it for every union.
 */
export function noteUnfinished(answer: ExecutionResult, fetched: JsonObject): void {
  const outcomes = Object.values(fetched);
  if (
    outcomes.some((outcome) => isJsonObject(outcome) && String(outcome.__typename).endsWith('InProgress'))
  ) {
    unfinished.add(answer);
  }
}

/** Whether the answer is not the last word on its commands. */
export const isUnfinished = (answer: ExecutionResult): boolean => unfinished.has(answer);
