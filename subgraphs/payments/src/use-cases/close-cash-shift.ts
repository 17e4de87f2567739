import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { fromDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import type { CashShiftRow } from '../database/cash-shift.entity.js';
import { closeShift, lockShift, readShiftCash } from '../database/cash-shift.queries.js';
import { book } from '../database/ledger.queries.js';
import { linesOfDifference } from '../domain/ledger.js';
import { appendShiftEvent } from './cash-shift-event.js';
import type { PaymentsContext } from './context.js';

export interface CloseCashShiftInput {
  cashShiftId: string;
  /** A decimal in the currency of the shift. */
  counted: string;
  idempotencyKey?: string | null;
}

export type CloseCashShiftOutcome =
  | { __typename: 'CashShiftClosed'; cashShift: CashShiftRow }
  | { __typename: 'CashShiftNotOpen'; message: string; cashShift: CashShiftRow };

/** Ends a shift with what was counted in the drawer; what it differs from the books by is booked. */
export async function closeCashShift(
  on: PaymentsContext,
  input: CloseCashShiftInput,
): Promise<CloseCashShiftOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  if (!isId(input.cashShiftId)) throw notFound('The cash shift');
  return on.database.write(viewer, (tx) =>
    once<CloseCashShiftOutcome>(tx, keyedCommand('payments', viewer, 'closeCashShift', input), async () => {
      // waits for the payments that are putting cash into it, and makes the next ones wait
      const shift = await lockShift(tx, input.cashShiftId);
      if (!shift) throw notFound('The cash shift');
      if (shift.closedAt) {
        return { __typename: 'CashShiftNotOpen', message: 'This shift is closed already.', cashShift: shift };
      }
      const counted = fromDecimal(input.counted, shift.currencyCode);
      if (counted < 0) throw badUserInput('counted', 'A drawer holds nothing or more.');
      return { __typename: 'CashShiftClosed', cashShift: await close(tx, shift, counted, on.clock.now()) };
    }),
  );
}

async function close(
  tx: Transaction,
  shift: CashShiftRow,
  counted: number,
  now: Date,
): Promise<CashShiftRow> {
  const { id, locationId, currencyCode, openingFloat, openedAt } = shift;
  const [cash] = await readShiftCash(tx, [id]);
  const expected = openingFloat + (cash ? cash.received - cash.givenBack : 0);
  // another process's clock, which opened it, may be ahead of ours
  const closedAt = now < openedAt ? openedAt : now;
  const lines = linesOfDifference(counted - expected);
  const [closed] = await Promise.all([
    closeShift(tx, id, { counted, expected, closedAt }),
    ...(lines.length === 0
      ? []
      : [book(tx, { differenceOf: id, locationId, currencyCode, occurredAt: closedAt, lines })]),
  ]);
  await appendShiftEvent(tx, closed);
  return closed;
}
