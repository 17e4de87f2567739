import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { blockSpace, lockVacancy, readStatuses } from '../database/claim.queries.js';
import { findSpace } from '../database/space.queries.js';
import type { SpacesContext } from './context.js';
import { type SpaceOccupied, spaceOccupied, type SpaceThen } from './problems.js';

export interface TakeSpaceOutOfServiceInput {
  spaceId: string;
  reason?: string | null;
  idempotencyKey?: string | null;
}

export type TakeSpaceOutOfServiceOutcome =
  { __typename: 'SpaceTakenOutOfService'; space: SpaceThen } | SpaceOccupied;

/** Blocks a space until it is returned to service. One that is out of service already stays so. */
export async function takeSpaceOutOfService(
  on: SpacesContext,
  input: TakeSpaceOutOfServiceInput,
): Promise<TakeSpaceOutOfServiceOutcome> {
  const viewer = requireScope(on.viewer, 'spaces:write');
  const { spaceId } = input;
  const reason = input.reason?.trim() || null;
  if (reason && reason.length > 500) throw badUserInput('reason', 'A reason has at most 500 characters.');
  if (!isId(spaceId)) throw notFound('The space');
  const now = on.clock.now();
  const command = keyedCommand('spaces', viewer, 'takeSpaceOutOfService', input);

  return on.database.write(viewer, (tx) =>
    once(tx, command, async (): Promise<TakeSpaceOutOfServiceOutcome> => {
      const [, space, statuses] = await Promise.all([
        lockVacancy(tx, spaceId),
        findSpace(tx, spaceId),
        readStatuses(tx, [spaceId], now),
      ]);
      if (!space) throw notFound('The space');
      const status = statuses.get(spaceId) ?? 'FREE';
      const blocked = status === 'OUT_OF_SERVICE' || (await blockSpace(tx, spaceId, reason, now));
      if (!blocked) return spaceOccupied({ ...space, status });
      return { __typename: 'SpaceTakenOutOfService', space: { ...space, status: 'OUT_OF_SERVICE' } };
    }),
  );
}
