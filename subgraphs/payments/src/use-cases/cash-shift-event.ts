import type { Transaction } from '@plaza/platform/database/transaction';
import { appendEvent } from '@plaza/platform/events/append';
import { toDecimal } from '@plaza/platform/money';
import type { CashShiftRow } from '../database/cash-shift.entity.js';

/** Tells the event log that a shift began, or how its count came out. */
export function appendShiftEvent(tx: Transaction, shift: CashShiftRow): Promise<void> {
  const { id, locationId, currencyCode, openingFloat, openedAt, counted, expected, closedAt } = shift;
  const decimal = (minor: number) => toDecimal(minor, currencyCode);
  const closed = closedAt && counted != null && expected != null ? { counted, expected } : null;
  return appendEvent(tx, {
    type: closed ? 'cash_shift.closed' : 'cash_shift.opened',
    subject: { type: 'CashShift', id },
    locationId,
    occurredAt: closedAt ?? openedAt,
    data: {
      cashShiftId: id,
      locationId,
      currencyCode,
      float: decimal(openingFloat),
      ...(closed && {
        counted: decimal(closed.counted),
        expected: decimal(closed.expected),
        difference: decimal(closed.counted - closed.expected),
      }),
    },
  });
}
