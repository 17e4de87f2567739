import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';

/** What spaces answers to a claim, which tickets makes inside its own SQL function tickets.enter. */
export type ClaimOutcome = 'CLAIMED' | 'NO_SPACE' | 'SPACE_NOT_AVAILABLE' | 'NO_LOCATION' | 'NO_SUCH_SPACE';

/** Frees the space of a ticket and tells of it; at `exitedAt`, or at its entry where that is later. */
export const releaseSpace = (tx: Transaction, ticketId: string, exitedAt: Date): Promise<number> =>
  tx.run(sql`select spaces.release_space(${ticketId}, ${exitedAt})`);

/** The locations that the transaction's viewer may see; `ids` is a uuid[] expression. A table for a FROM clause. */
export const readLocations = (ids: Statement): Statement => sql`spaces.read_locations(${ids})`;
