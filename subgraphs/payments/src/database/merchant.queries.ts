import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { Merchant, type MerchantRow } from './merchant.entity.js';

/** Adds a merchant; undefined where the location has one of this name. */
export const insertMerchant = (
  tx: Transaction,
  merchant: Omit<MerchantRow, 'active'>,
): Promise<MerchantRow | undefined> =>
  tx.row<MerchantRow>(sql`
    insert into payments.merchant (id, location_id, name, borne_by, most_per_ticket, most_per_month)
    values (${merchant.id}, ${merchant.locationId}, ${merchant.name}, ${merchant.borneBy}, ${merchant.mostPerTicket},
      ${merchant.mostPerMonth})
    on conflict (location_id, name, tenant_id) do nothing returning ${sql.columns(Merchant)}`);

/** Locks a merchant until the transaction ends: its limits are reckoned by one at a time. */
export const lockMerchant = (tx: Transaction, id: string): Promise<MerchantRow | undefined> =>
  tx.row<MerchantRow>(
    sql`select ${sql.columns(Merchant)} from payments.merchant where id = ${id} for update`,
  );

export const updateMerchant = (tx: Transaction, merchant: MerchantRow): Promise<MerchantRow> =>
  tx.one<MerchantRow>(sql`
    update payments.merchant set name = ${merchant.name}, borne_by = ${merchant.borneBy},
      most_per_ticket = ${merchant.mostPerTicket}, most_per_month = ${merchant.mostPerMonth}, active = ${merchant.active}
    where id = ${merchant.id} returning ${sql.columns(Merchant)}`);

export const readMerchants = (tx: Transaction, ids: readonly string[]): Promise<MerchantRow[]> =>
  tx.rows<MerchantRow>(
    sql`select ${sql.columns(Merchant)} from payments.merchant where id = any (${ids}::uuid[])`,
  );

/** The merchants of locations, by name. */
export const readMerchantsOf = (tx: Transaction, locationIds: readonly string[]): Promise<MerchantRow[]> =>
  tx.rows<MerchantRow>(sql`
    select ${sql.columns(Merchant)} from payments.merchant where location_id = any (${locationIds}::uuid[])
    order by name`);

/** What a merchant owes, in minor units. */
export interface MerchantDebt {
  merchantId: string;
  amount: number;
}

/** From the ledger; without merchants that never owed anything. */
export const readDebts = (tx: Transaction, merchantIds: readonly string[]): Promise<MerchantDebt[]> =>
  tx.rows<MerchantDebt>(sql`
    select merchant_id as "merchantId", amount from payments.merchant_debt
    where merchant_id = any (${merchantIds}::uuid[])`);
