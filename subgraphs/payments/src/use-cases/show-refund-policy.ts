import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import { type PolicyInForce, readRefundPolicy } from '../database/refund-policy.queries.js';
import type { PaymentsContext } from './context.js';

/** The refund policy in force at a location; null: at those that have none of their own. */
export async function showRefundPolicy(
  { viewer: caller, database }: PaymentsContext,
  locationId: string | null,
): Promise<PolicyInForce> {
  const viewer = requireScope(caller, 'payments:read');
  if (locationId !== null && !isId(locationId)) throw notFound('The location');
  return database.read(viewer, async (tx) => {
    if (locationId !== null && !(await findLocation(tx, locationId))) throw notFound('The location');
    return readRefundPolicy(tx, locationId);
  });
}
