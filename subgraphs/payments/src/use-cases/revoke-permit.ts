import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { findPermit, type PermitRow, revoke } from '../database/permit.queries.js';
import type { PaymentsContext } from './context.js';
import { appendPermitEvent } from './permit-event.js';

export interface RevokePermitInput {
  permitId: string;
  idempotencyKey?: string | null;
}

export interface PermitRevoked {
  __typename: 'PermitRevoked';
  permit: PermitRow;
}

/** No stay that begins from now on is covered; one under way still is. Revoked before, it stays so. */
export async function revokePermit(on: PaymentsContext, input: RevokePermitInput): Promise<PermitRevoked> {
  const viewer = requireScope(on.viewer, 'customers:write');
  const { permitId } = input;
  if (!isId(permitId)) throw notFound('The permit');
  return on.database.write(viewer, (tx) =>
    once<PermitRevoked>(tx, keyedCommand('payments', viewer, 'revokePermit', input), async () => {
      const permit = await findPermit(tx, permitId);
      if (!permit) throw notFound('The permit');
      const revokedAt = on.clock.now();
      if (await revoke(tx, permit, revokedAt)) {
        await appendPermitEvent(tx, permit, { type: 'permit.revoked', occurredAt: revokedAt });
        return { __typename: 'PermitRevoked', permit: { ...permit, revokedAt } };
      }
      return { __typename: 'PermitRevoked', permit: (await findPermit(tx, permitId)) ?? permit };
    }),
  );
}
