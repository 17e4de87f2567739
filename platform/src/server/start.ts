import { SettingsError } from '../settings.js';

/** Why a start failed, in one sentence for the person who typed the command. Its message is that sentence. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/**
 * Runs a program's start. When it fails, writes one sentence to stderr and ends the process with exit code 1.
 */
export async function startOrExplain(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

interface Failure {
  code?: string;
  port?: number;
  address?: string;
  path?: string;
  syscall?: string;
  message: string;
  errors?: Failure[];
}

/** One sentence that names what is wrong and, where it can, the setting to change. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StartError) return error.message;
  if (!(error instanceof Error)) return `Plaza could not start: ${String(error)}`;
  // node tries IPv6 and IPv4 and reports both
  const [failure] = ((error as Failure).errors ?? [error]) as [Failure];
  const sentence = sentenceOf(failure);
  return sentence ?? `Plaza could not start: ${firstLine(error.message)}`;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;

function sentenceOf(failure: Failure): string | undefined {
  const database = 'DATABASE_URL names a database';
  const cannotWrite = `Plaza can't write ${failure.path ?? 'its data folder'}: make the folder writable, or set PLAZA_DATA_DIR to another one.`;
  switch (failure.code) {
    case 'EADDRINUSE':
      return `Port ${failure.port ?? ''} is already in use: stop the program that uses it, or set PORT to a free one.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return failure.syscall === 'listen'
        ? `Port ${failure.port ?? ''} may not be used by this user: set PORT to one above 1023.`
        : cannotWrite;
    case 'ENOENT':
      return failure.syscall === 'mkdir' ? cannotWrite : undefined;
    case 'ENOSPC':
      return 'The disk is full: Plaza needs room for its data folder (PLAZA_DATA_DIR).';
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return `${database} that does not answer at ${failure.address ?? 'its address'}${failure.port ? `:${failure.port}` : ''}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${database} on a host that can't be found.`;
    case '28P01':
    case '28000':
      return `${database} that refuses this user or password.`;
    case '3D000':
      return `${database} that does not exist on that server.`;
    case '42501':
      return `${database} whose user lacks a permission that Plaza needs: ${firstLine(failure.message)}.`;
    default:
      return undefined;
  }
}
