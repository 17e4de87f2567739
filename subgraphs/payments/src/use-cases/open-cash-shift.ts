import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { fromDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import type { CashShiftRow } from '../database/cash-shift.entity.js';
import { insertShift, readOpenShifts } from '../database/cash-shift.queries.js';
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
      const openingFloat = fromDecimal(input.float, currencyCode);
      if (openingFloat < 0) throw badUserInput('float', 'A drawer holds nothing or more.');
      const openedAt = on.clock.now();
      const opened = await insertShift(tx, { id: newId(), locationId, currencyCode, openingFloat, openedAt });
      if (opened) {
        await appendShiftEvent(tx, opened);
        return { __typename: 'CashShiftOpened', cashShift: opened };
      }
      const [open] = await readOpenShifts(tx, [locationId]);
      // closed between the two statements: the next attempt opens one
      if (!open) throw new Error(`The shift of location ${locationId} has just been closed.`);
      const message = 'A shift of this drawer is open already: close it first.';
      return { __typename: 'CashShiftAlreadyOpen', message, cashShift: open };
    }),
  );
}
