import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';

/** Those of the locations that do not exist for the transaction's viewer. */
export const missingLocations = async (tx: Transaction, ids: readonly string[]): Promise<string[]> => {
  const rows = await tx.rows<{ id: string }>(sql`
    select asked.id from unnest(${ids}::uuid[]) asked(id)
    where asked.id not in (select location_id from spaces.read_locations(${ids}::uuid[]))`);
  return rows.map(({ id }) => id);
};
