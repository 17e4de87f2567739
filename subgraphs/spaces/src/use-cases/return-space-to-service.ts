import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { lockVacancy, readStatuses, unblockSpace } from '../database/claim.queries.js';
import { findSpace } from '../database/space.queries.js';
import type { SpacesContext } from './context.js';
import { type SpaceOccupied, spaceOccupied, type SpaceThen } from './problems.js';

export interface ReturnSpaceToServiceInput {
  spaceId: string;
  idempotencyKey?: string | null;
}

export type ReturnSpaceToServiceOutcome =
  { __typename: 'SpaceReturnedToService'; space: SpaceThen } | SpaceOccupied;

/** Makes a blocked space free again. One that is free already stays so. */
export async function returnSpaceToService(
  on: SpacesContext,
  input: ReturnSpaceToServiceInput,
): Promise<ReturnSpaceToServiceOutcome> {
  const viewer = requireScope(on.viewer, 'spaces:write');
  const { spaceId } = input;
  if (!isId(spaceId)) throw notFound('The space');
  const now = on.clock.now();
  const command = keyedCommand('spaces', viewer, 'returnSpaceToService', input);

  return on.database.write(viewer, (tx) =>
    once(tx, command, async (): Promise<ReturnSpaceToServiceOutcome> => {
      const [, space, statuses] = await Promise.all([
        lockVacancy(tx, spaceId),
        findSpace(tx, spaceId),
        readStatuses(tx, [spaceId], now),
      ]);
      if (!space) throw notFound('The space');
      const status = statuses.get(spaceId) ?? 'FREE';
      if (status === 'OCCUPIED' || status === 'RESERVED') return spaceOccupied({ ...space, status });
      if (status === 'OUT_OF_SERVICE') await unblockSpace(tx, spaceId, now);
      return { __typename: 'SpaceReturnedToService', space: { ...space, status: 'FREE' } };
    }),
  );
}
