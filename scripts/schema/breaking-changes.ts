import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const run = promisify(execFile);

/** What clients of `before` would trip over in `after`, a sentence each. */
export async function breakingChanges(before: string, after: string): Promise<string[]> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking).map(({ message }) => message);
}

/** A file as the last commit has it; undefined when it is not there, or this is no clone. */
export async function committed(path: string): Promise<string | undefined> {
  try {
    return (await run('git', ['show', `HEAD:${path}`], { maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch {
    return undefined;
  }
}
