import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, forbidden, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import { insertRefundPolicy, type PolicyInForce } from '../database/refund-policy.queries.js';
import { isReason, NO_REASON, type RefundPolicy } from '../domain/refund-policy.js';
import type { PaymentsContext } from './context.js';

export interface SetRefundPolicyInput extends RefundPolicy {
  /** Null: for every location that has no policy of its own. */
  locationId?: string | null;
  idempotencyKey?: string | null;
}

export interface RefundPolicySet {
  __typename: 'RefundPolicySet';
  policy: PolicyInForce;
}

const MOST_REASONS = 50;

/** Sets under which conditions a location, or the organization, gives money back from now on. */
export async function setRefundPolicy(
  { viewer: caller, database }: PaymentsContext,
  input: SetRefundPolicyInput,
): Promise<RefundPolicySet> {
  const viewer = requireScope(caller, 'organization:write');
  const locationId = input.locationId ?? null;
  if (locationId === null && viewer.locationIds) throw forbidden('organization:write');
  if (locationId !== null && !isId(locationId)) throw notFound('The location');
  check(input);
  return database.write(viewer, (tx) =>
    once<RefundPolicySet>(tx, keyedCommand('payments', viewer, 'setRefundPolicy', input), async () => {
      if (locationId !== null && !(await findLocation(tx, locationId))) throw notFound('The location');
      return {
        __typename: 'RefundPolicySet',
        policy: await insertRefundPolicy(tx, { ...input, locationId }),
      };
    }),
  );
}

function check({ windowDays, mostPercent, reasons }: RefundPolicy): void {
  if (typeof windowDays === 'number' && (windowDays < 0 || windowDays > 3650)) {
    throw badUserInput('windowDays', 'A window is 0 to 3650 days long.');
  }
  if (mostPercent < 0 || mostPercent > 100) throw badUserInput('mostPercent', 'A percentage is 0 to 100.');
  if (reasons.length > MOST_REASONS) throw badUserInput('reasons', `These are more than ${MOST_REASONS}.`);
  const odd = reasons.findIndex((reason) => !isReason(reason));
  if (odd >= 0) throw badUserInput(`reasons.${odd}`, NO_REASON);
}
