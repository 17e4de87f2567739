import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './error.js';
import { birthMark } from './process-info.js';

/**
 * Makes this process the owner of a data folder until the returned function is called. The owner of a folder
 * is written as process id and start time, so that an id that was given to another process does not count.
 * @throws EmbeddedPostgresError when a living process owns the folder
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'owner');
  const owner = await readOwner(folder);
  if (owner !== undefined) {
    throw new EmbeddedPostgresError(
      `The data folder ${folder} is in use by a running Plaza (process ${owner}): stop it, or name another folder with PLAZA_DATA_DIR.`,
    );
  }
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${process.pid} ${birthMark(process.pid)}\n`);
  await rename(draft, file);
  return () => rm(file, { force: true });
}

/** The process id of the living owner of a data folder; undefined when there is none. */
export async function readOwner(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'owner'), 'utf8').catch(() => '');
  const [pid, ...mark] = text.trim().split(' ');
  const alive = birthMark(Number(pid));
  return alive !== '' && alive === mark.join(' ') ? Number(pid) : undefined;
}
