import { keyset, type Page } from '@plaza/platform/graphql/connection';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { CashShift, type CashShiftRow } from './cash-shift.entity.js';

/** Cash of this drawer that is under way is waited for; no other moves until the transaction ends. */
export const lockDrawer = (tx: Transaction, locationId: string): Promise<number> =>
  tx.run(sql`select payments.lock_drawer(${locationId})`);

/** What the ledger says that a drawer holds, in minor units. */
export const readDrawer = async (
  tx: Transaction,
  { locationId, currencyCode }: Pick<CashShiftRow, 'locationId' | 'currencyCode'>,
): Promise<number> => {
  const { held } = await tx.one<{ held: number }>(sql`
    select coalesce(sum(e.amount), 0)::bigint as held from payments.account a
    join payments.entry e on e.account_id = a.id
    where a.location_id = ${locationId} and a.kind = 'CASH_DRAWER' and a.currency_code = ${currencyCode}`);
  return held;
};

/** Opens a shift; the table allows one at a time. */
export const insertShift = (
  tx: Transaction,
  shift: Pick<CashShiftRow, 'id' | 'locationId' | 'currencyCode' | 'openingFloat' | 'openedAt'>,
): Promise<CashShiftRow> =>
  tx.one<CashShiftRow>(sql`
    insert into payments.cash_shift (id, location_id, currency_code, opening_float, opened_at)
    values (${shift.id}, ${shift.locationId}, ${shift.currencyCode}, ${shift.openingFloat}, ${shift.openedAt})
    returning ${sql.columns(CashShift)}`);

/** A shift that nobody else closes until the transaction ends; undefined where the viewer sees none. */
export const lockShift = (tx: Transaction, id: string): Promise<CashShiftRow | undefined> =>
  tx.row<CashShiftRow>(
    sql`select ${sql.columns(CashShift)} from payments.cash_shift where id = ${id} for update`,
  );

export const closeShift = (
  tx: Transaction,
  id: string,
  { counted, expected, closedAt }: { counted: number; expected: number; closedAt: Date },
): Promise<CashShiftRow> =>
  tx.one<CashShiftRow>(sql`
    update payments.cash_shift
    set counted = ${counted}, expected = ${expected}, closed_at = ${closedAt}, closed_by = plaza.actor()
    where id = ${id} returning ${sql.columns(CashShift)}`);

/** The shift of each of these drawers that is open now. */
export const readOpenShifts = (tx: Transaction, locationIds: readonly string[]): Promise<CashShiftRow[]> =>
  tx.rows<CashShiftRow>(sql`
    select ${sql.columns(CashShift)} from payments.cash_shift
    where location_id = any (${locationIds}::uuid[]) and closed_at is null`);

export const readShifts = (tx: Transaction, ids: readonly string[]): Promise<CashShiftRow[]> =>
  tx.rows<CashShiftRow>(
    sql`select ${sql.columns(CashShift)} from payments.cash_shift where id = any (${ids}::uuid[])`,
  );

/** A page of a location's shifts, newest first, and one more where another page follows. */
export const readShiftPage = (tx: Transaction, locationId: string, page: Page): Promise<CashShiftRow[]> =>
  tx.rows<CashShiftRow>(sql`
    select ${sql.columns(CashShift)} from payments.cash_shift where location_id = ${locationId}
    ${keyset(page, 'id', 'desc')}`);

export const countShifts = async (tx: Transaction, locationId: string): Promise<number> => {
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*) from payments.cash_shift where location_id = ${locationId}`,
  );
  return count;
};

/** What went into and out of a drawer during a shift, in minor units. */
export interface ShiftCash {
  shiftId: string;
  received: number;
  givenBack: number;
  payments: number;
  refunds: number;
}

/** From the ledger; without the shifts in which no cash moved. */
export const readShiftCash = (tx: Transaction, shiftIds: readonly string[]): Promise<ShiftCash[]> =>
  tx.rows<ShiftCash>(sql`
    select t.cash_shift_id as "shiftId",
      coalesce(sum(e.amount) filter (where t.refund_id is null), 0)::bigint as received,
      coalesce(-sum(e.amount) filter (where t.refund_id is not null), 0)::bigint as "givenBack",
      count(distinct t.id) filter (where t.refund_id is null) as payments,
      count(distinct t.id) filter (where t.refund_id is not null) as refunds
    from payments.ledger_transaction t
    join payments.entry e on e.transaction_id = t.id
    join payments.account a on a.id = e.account_id and a.kind = 'CASH_DRAWER'
    where t.cash_shift_id = any (${shiftIds}::uuid[]) and num_nonnulls(t.opening_of, t.closing_of) = 0
    group by t.cash_shift_id`);
