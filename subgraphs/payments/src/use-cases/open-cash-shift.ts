import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { fromDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import type { CashShiftRow } from '../database/cash-shift.entity.js';
import { insertShift, lockDrawer, readDrawer, readOpenShifts } from '../database/cash-shift.queries.js';
import { book } from '../database/ledger.queries.js';
import { linesOfTransfer } from '../domain/ledger.js';
import { appendShiftEvent } from './cash-shift-event.js';
import type { PaymentsContext } from './context.js';

export interface OpenCashShiftInput {
  locationId: string;
  /** A decimal in the location's currency. */
  float: string;
  idempotencyKey?: string | null;
}

export type OpenCashShiftOutcome =
  | { __typename: 'CashShiftOpened'; cashShift: CashShiftRow }
  | { __typename: 'CashShiftAlreadyOpen'; message: string; cashShift: CashShiftRow };

/** Begins a shift of a location's drawer with what lies in it. From now on its cash belongs to the shift. */
export async function openCashShift(
  on: PaymentsContext,
  input: OpenCashShiftInput,
): Promise<OpenCashShiftOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  const { locationId } = input;
  if (!isId(locationId)) throw notFound('The location');
  return on.database.write(viewer, (tx) =>
    once<OpenCashShiftOutcome>(tx, keyedCommand('payments', viewer, 'openCashShift', input), async () => {
      const location = await findLocation(tx, locationId);
      if (!location) throw notFound('The location');
      const { currencyCode } = location;
      const openingFloat = fromDecimal(input.float, currencyCode, 'float');
      if (openingFloat < 0) throw badUserInput('float', 'A drawer holds nothing or more.');
      await lockDrawer(tx, locationId);
      const [open] = await readOpenShifts(tx, [locationId]);
      if (open) {
        const message = 'A shift of this drawer is open already: close it first.';
        return { __typename: 'CashShiftAlreadyOpen', message, cashShift: open };
      }
      const shift = { id: newId(), locationId, currencyCode, openingFloat, openedAt: on.clock.now() };
      return { __typename: 'CashShiftOpened', cashShift: await begin(tx, shift) };
    }),
  );
}

/** The drawer holds the float: what is not in it yet comes from the safe, what is in it beyond that goes there. */
async function begin(
  tx: Transaction,
  shift: Pick<CashShiftRow, 'id' | 'locationId' | 'currencyCode' | 'openingFloat' | 'openedAt'>,
): Promise<CashShiftRow> {
  const { id: openingOf, locationId, currencyCode, openingFloat, openedAt: occurredAt } = shift;
  const lines = linesOfTransfer(openingFloat - (await readDrawer(tx, shift)));
  const [opened] = await Promise.all([
    insertShift(tx, shift),
    lines.length > 0 && book(tx, { openingOf, locationId, currencyCode, occurredAt, lines }),
  ]);
  await appendShiftEvent(tx, opened);
  return opened;
}
