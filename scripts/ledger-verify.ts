import 'reflect-metadata';
import { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import { SettingsError } from '@plaza/platform/settings';
import { type VerifiedRule, verifyLedger } from '@plaza/payments/use-cases/verify-ledger';
import { onDatabase, withOptions } from './on-database.js';

const HELP = `Proves that payments, tickets and the ledger of every organization tell the same story.

  npm run ledger:verify             look at the database that DATABASE_URL names (as its administrator), or at the
                                    embedded one in PLAZA_DATA_DIR while no Plaza runs on it
  npm run ledger:verify -- --help   this text

It reads one instant of the database and writes nothing. Exit code 1 when something was found.
`;

const MOST_SHOWN = 20;

/** Prints a rule with what was found; the number of findings. */
function print({ says, looked, of, findings }: VerifiedRule): number {
  const mark = findings.length === 0 ? 'ok   ' : 'FOUND';
  console.log(`${mark} ${says} (${looked} ${of})`);
  for (const finding of findings.slice(0, MOST_SHOWN)) console.log(`      ${finding}`);
  if (findings.length > MOST_SHOWN) console.log(`      and ${findings.length - MOST_SHOWN} more`);
  return findings.length;
}

/** All of it at one instant: what is paid meanwhile is seen whole or not at all. */
const atOneInstant = (url: string): string =>
  withOptions(url, '-c default_transaction_isolation=repeatable\\ read');

async function verify(url: string): Promise<number> {
  const database = new Database({ url: atOneInstant(url), max: 1, applicationName: 'plaza ledger:verify' });
  try {
    return await database.read({ tenantId: null }, async (tx) => {
      const role = await tx.one<{ seesAll: boolean }>(
        sql`select rolsuper or rolbypassrls as "seesAll" from pg_roles where rolname = current_user`,
      );
      if (!role.seesAll) {
        throw new SettingsError(
          'The setting DATABASE_URL is wrong: row-level security hides from this user what is to be verified.',
        );
      }
      let found = 0;
      for await (const rule of verifyLedger(tx)) found += print(rule);
      return found;
    });
  } finally {
    await database.close();
  }
}

await onDatabase(HELP, async (url) => {
  const found = await verify(url);
  console.log(found === 0 ? 'Nothing was found.' : `${found} found.`);
  process.exitCode = found === 0 ? 0 : 1;
});
