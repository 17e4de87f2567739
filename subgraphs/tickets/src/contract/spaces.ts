import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';

/** What spaces answers to a claim. */
export type ClaimOutcome = 'CLAIMED' | 'NO_SPACE' | 'SPACE_NOT_AVAILABLE' | 'NO_LOCATION' | 'NO_SUCH_SPACE';

/** A claim as SQL expressions; a null space lets spaces choose one that fits the kind of vehicle. */
export interface ClaimRequest {
  locationId: Statement;
  vehicleKind: Statement;
  spaceId: Statement;
  ticketId: Statement;
  enteredAt: Statement;
}

/** Claims a space for a ticket and tells of it: a table (outcome, space_id) of one row for a FROM clause. */
export const claimSpace = (request: ClaimRequest): Statement =>
  sql`spaces.claim_space(${request.locationId}, ${request.vehicleKind}, ${request.spaceId}, ${request.ticketId},
    ${request.enteredAt})`;

/** Frees the space of a ticket and tells of it; at `exitedAt`, or at its entry where that is later. */
export const releaseSpace = (tx: Transaction, ticketId: string, exitedAt: Date): Promise<number> =>
  tx.run(sql`select spaces.release_space(${ticketId}, ${exitedAt})`);
