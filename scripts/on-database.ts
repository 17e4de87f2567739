import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { startOrExplain } from '@plaza/platform/server/start';
import { SettingsError } from '@plaza/platform/settings';
import { readDatabaseSettings } from './config.js';

/**
 * The whole of a command that an operator runs on a database: the one that DATABASE_URL names, or the embedded one while
 * no Plaza runs on it. `--help` prints `help` and does nothing.
 */
export async function onDatabase(help: string, work: (url: string) => Promise<void>): Promise<void> {
  if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help) {
    console.log(help);
    return;
  }
  await startOrExplain(async () => {
    const { DATABASE_URL, databaseFolder } = readDatabaseSettings();
    if (!DATABASE_URL && !existsSync(databaseFolder)) {
      throw new SettingsError(`There is no database in ${databaseFolder}: name one with DATABASE_URL.`);
    }
    const embedded = DATABASE_URL ? null : await startEmbeddedPostgres({ folder: databaseFolder });
    try {
      await work(DATABASE_URL ?? embedded?.url ?? '');
    } finally {
      await embedded?.stop();
    }
  });
}

/** The connection string with options for each of its sessions, as the server's command line has them. */
export function withOptions(url: string, options: string): string {
  const changed = new URL(url);
  changed.searchParams.set('options', options);
  return changed.toString();
}
