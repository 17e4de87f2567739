import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { fromDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import type { CashShiftRow } from '../database/cash-shift.entity.js';
import {
  closeShift,
  lockDrawer,
  lockShift,
  readDrawer,
  readShiftCash,
} from '../database/cash-shift.queries.js';
import { book } from '../database/ledger.queries.js';
import { linesOfDifference, linesOfTransfer } from '../domain/ledger.js';
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

/** Ends a shift with what was counted in the drawer; what that differs from the books by is booked, and all goes to the safe. */
export async function closeCashShift(
  on: PaymentsContext,
  input: CloseCashShiftInput,
): Promise<CloseCashShiftOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  if (!isId(input.cashShiftId)) throw notFound('The cash shift');
  return on.database.write(viewer, (tx) =>
    once<CloseCashShiftOutcome>(tx, keyedCommand('payments', viewer, 'closeCashShift', input), async () => {
      const shift = await lockShift(tx, input.cashShiftId);
      if (!shift) throw notFound('The cash shift');
      if (shift.closedAt) {
        return { __typename: 'CashShiftNotOpen', message: 'This shift is closed already.', cashShift: shift };
      }
      const counted = fromDecimal(input.counted, shift.currencyCode, 'counted');
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
  await lockDrawer(tx, locationId);
  const [[cash], held] = await Promise.all([readShiftCash(tx, [id]), readDrawer(tx, shift)]);
  const expected = openingFloat + (cash ? cash.received - cash.givenBack : 0);
  // another process's clock, which opened it, may be ahead of ours
  const closedAt = now < openedAt ? openedAt : now;
  const difference = counted - expected;
  const lines = [...linesOfDifference(difference), ...linesOfTransfer(0 - held - difference)];
  const [closed] = await Promise.all([
    closeShift(tx, id, { counted, expected, closedAt }),
    ...(lines.length === 0
      ? []
      : [book(tx, { closingOf: id, locationId, currencyCode, occurredAt: closedAt, lines })]),
  ]);
  await appendShiftEvent(tx, closed);
  return closed;
}
