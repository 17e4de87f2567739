import { join } from 'node:path';
import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'write postgresql://user:password@host:5432/database',
});
const secret = z.string().min(32, 'write 32 random characters or more');

/** What `scripts/migrate.ts` needs. */
export const readMigrateSettings = () =>
  readSettings(z.object({ DATABASE_URL: databaseUrl, PLAZA_SECRET: secret }));

/** What `npm run dev` and `npm run start:distributed` need; the rest is for the processes that they start. */
export function readStartSettings() {
  const given = readSettings(
    z.object({
      PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
      DATABASE_URL: databaseUrl.optional(),
      PLAZA_SECRET: secret.optional(),
      PLAZA_DATA_DIR: z.string().default('.plaza'),
    }),
  );
  return { ...given, databaseFolder: join(given.PLAZA_DATA_DIR, 'postgres') };
}
