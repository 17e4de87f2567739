import type { Transaction } from '@plaza/platform/database/transaction';
import { appendEvent } from '@plaza/platform/events/append';
import type { PermitRow } from '../database/permit.queries.js';

/** Tells that a permit was granted or revoked. */
export const appendPermitEvent = (
  tx: Transaction,
  { id, locationId, plate, validFrom, validTo }: Omit<PermitRow, 'revokedAt'>,
  { type, occurredAt }: { type: 'permit.granted' | 'permit.revoked'; occurredAt: Date },
): Promise<void> =>
  appendEvent(tx, {
    type,
    subject: { type: 'Permit', id },
    locationId,
    occurredAt,
    data: {
      permitId: id,
      locationId,
      plate,
      validFrom: validFrom.toISOString(),
      validTo: validTo?.toISOString() ?? null,
    },
  });
