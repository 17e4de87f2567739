import { join } from 'node:path';
import { PROCESS_SETTINGS } from '@plaza/platform/server/process-settings';
import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';

/** What `scripts/migrate.ts` needs. */
export function readMigrateSettings() {
  const { DATABASE_URL, PLAZA_SECRET } = PROCESS_SETTINGS;
  return readSettings(z.object({ DATABASE_URL, PLAZA_SECRET }));
}

/** What `scripts/on-database.ts` needs: a database named, or the embedded one. */
export function readDatabaseSettings() {
  const given = readSettings(
    z.object({
      DATABASE_URL: PROCESS_SETTINGS.DATABASE_URL.optional(),
      PLAZA_DATA_DIR: z.string().default('.plaza'),
    }),
  );
  return { ...given, databaseFolder: join(given.PLAZA_DATA_DIR, 'postgres') };
}

/** What `npm run dev` and `npm run start:distributed` need; the rest is for the processes that they start. */
export function readStartSettings() {
  const given = readSettings(
    z.object({
      PORT: PROCESS_SETTINGS.PORT.default(4000),
      // the demo's passwords are public: only this machine gets in, unless told
      HOST: PROCESS_SETTINGS.HOST.default('localhost'),
      DATABASE_URL: PROCESS_SETTINGS.DATABASE_URL.optional(),
      PLAZA_SECRET: PROCESS_SETTINGS.PLAZA_SECRET.optional(),
      PLAZA_LOG_LEVEL: PROCESS_SETTINGS.PLAZA_LOG_LEVEL.default('warn'),
      PLAZA_DATA_DIR: z.string().default('.plaza'),
      PLAZA_DEMO: z.enum(['on', 'off'], 'write on or off').default('on'),
    }),
  );
  return { ...given, databaseFolder: join(given.PLAZA_DATA_DIR, 'postgres') };
}
