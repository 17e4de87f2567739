import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The command line of a living process; '' for a process that is gone or only waits to be reaped.
 * Arguments are separated by spaces.
 */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') {
    return (readProc(pid, 'cmdline') ?? '').replaceAll('\0', ' ');
  }
  return ps(pid, 'command=');
}

/**
 * What tells a process from a later one that got the same id: its start time. '' when it does not live.
 */
export function birthMark(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'lstart=');
  // The second field is the program's name in parentheses and may hold spaces; the 22nd is the start time.
  const fields = readProc(pid, 'stat')?.split(')').at(-1)?.trim().split(' ') ?? [];
  const [state, startTime] = [fields[0], fields[19]];
  return state === undefined || state === 'Z' || state === 'X' ? '' : (startTime ?? '');
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
