import { COMPONENTS } from '@plaza/gateway/embedded/components';
import { migrate } from '@plaza/platform/database/migrate';
import { Secrets } from '@plaza/platform/secrets';
import { startOrExplain } from '@plaza/platform/server/start';
import { readMigrateSettings } from './config.js';

// npm run migrate: brings the database named by DATABASE_URL (as its administrator) up to date, then ends.

await startOrExplain(async () => {
  const { DATABASE_URL, PLAZA_SECRET } = readMigrateSettings();
  const ran = await migrate(DATABASE_URL, new Secrets(PLAZA_SECRET), COMPONENTS);
  console.log(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`);
});
