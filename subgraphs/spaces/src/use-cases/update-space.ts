import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { lockVacancy } from '../database/claim.queries.js';
import { lockLocation } from '../database/location.queries.js';
import type { SpaceRow } from '../database/space.entity.js';
import {
  ensureZones,
  findSpace,
  type SpaceChange,
  takenNumbers,
  updateSpaceRow,
} from '../database/space.queries.js';
import type { SpaceKind } from '../domain/space-kind.js';
import { validFeatures, validSpaceNumber, validZoneName } from '../domain/space-range.js';
import type { SpacesContext } from './context.js';
import { numberTaken, type SpaceNumberTaken } from './problems.js';

export interface UpdateSpaceInput {
  spaceId: string;
  number?: string | null;
  kind?: SpaceKind | null;
  zone?: string | null;
  features?: string[] | null;
  idempotencyKey?: string | null;
}

export type UpdateSpaceOutcome = { __typename: 'SpaceUpdated'; space: SpaceRow } | SpaceNumberTaken;

/** Changes what a space is called, is for, or has. What is left out stays; a null zone takes the space out of its zone. */
export async function updateSpace(on: SpacesContext, input: UpdateSpaceInput): Promise<UpdateSpaceOutcome> {
  const viewer = requireScope(on.viewer, 'spaces:write');
  const { spaceId } = input;
  const change = validChange(input);
  if (!isId(spaceId)) throw notFound('The space');
  const command = keyedCommand('spaces', viewer, 'updateSpace', input);

  return on.database.write(viewer, (tx) =>
    once(tx, command, async (): Promise<UpdateSpaceOutcome> => {
      const [, space] = await Promise.all([lockVacancy(tx, spaceId), findSpace(tx, spaceId)]);
      if (!space) throw notFound('The space');
      const renumbered = change.number !== undefined && change.number !== space.number;
      const [, taken] = await Promise.all([
        lockLocation(tx, space.locationId),
        renumbered ? takenNumbers(tx, space.locationId, [change.number ?? '']) : [],
        change.zone ? ensureZones(tx, space.locationId, [change.zone]) : 0,
      ]);
      if (taken.length > 0) return numberTaken(taken);
      return { __typename: 'SpaceUpdated', space: await updateSpaceRow(tx, space, change) };
    }),
  );
}

function validChange({ number, kind, zone, features }: UpdateSpaceInput): SpaceChange {
  return {
    ...(number != null && { number: validSpaceNumber(number, 'number') }),
    ...(kind != null && { kind }),
    ...(zone !== undefined && { zone: zone === null ? null : validZoneName(zone, 'zone') }),
    ...(features != null && { features: validFeatures(features, 'features') }),
  };
}
