import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';

/** What payments needs to know of a location. */
export interface LocationTerms {
  locationId: string;
  timeZone: string;
  currencyCode: string;
}

/** The locations that the transaction's viewer may see; `ids` is a uuid[] expression. A table for a FROM clause. */
export const readLocations = (ids: Statement): Statement => sql`spaces.read_locations(${ids})`;

/** The terms of locations, without those that the viewer does not see. */
export const findLocations = (tx: Transaction, locationIds: readonly string[]): Promise<LocationTerms[]> =>
  tx.rows<LocationTerms>(sql`
    select location_id as "locationId", time_zone as "timeZone", currency_code as "currencyCode"
    from ${readLocations(sql`${locationIds}::uuid[]`)}`);

/** The terms of a location; undefined where the viewer sees none. */
export const findLocation = async (tx: Transaction, locationId: string): Promise<LocationTerms | undefined> =>
  (await findLocations(tx, [locationId]))[0];
