import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import type { LocationRow } from '../database/location.entity.js';
import { lockLocation } from '../database/location.queries.js';
import { insertSpaces, takenNumbers } from '../database/space.queries.js';
import { type SpaceRange, spacesOfRanges } from '../domain/space-range.js';
import type { SpacesContext } from './context.js';
import { numberTaken, type SpaceNumberTaken } from './problems.js';

export interface AddSpacesInput {
  locationId: string;
  ranges: SpaceRange[];
  idempotencyKey?: string | null;
}

export type AddSpacesOutcome =
  { __typename: 'SpacesAdded'; location: LocationRow; count: number } | SpaceNumberTaken;

/** Adds ranges of spaces to a location: all of them, or none where one of the numbers is taken. */
export async function addSpaces(on: SpacesContext, input: AddSpacesInput): Promise<AddSpacesOutcome> {
  const viewer = requireScope(on.viewer, 'spaces:write');
  const { locationId, ranges } = input;
  const spaces = spacesOfRanges(ranges);
  if (spaces.length === 0) throw badUserInput('ranges', 'There is nothing to add.');
  if (!isId(locationId)) throw notFound('The location');
  const numbers = spaces.map(({ number }) => number);
  const command = keyedCommand('spaces', viewer, 'addSpaces', input);

  return on.database.write(viewer, (tx) =>
    once(tx, command, async (): Promise<AddSpacesOutcome> => {
      const [location, taken] = await Promise.all([
        lockLocation(tx, locationId),
        takenNumbers(tx, locationId, numbers),
      ]);
      if (!location) throw notFound('The location');
      if (taken.length > 0) return numberTaken(taken);
      await insertSpaces(tx, locationId, spaces);
      return { __typename: 'SpacesAdded', location, count: spaces.length };
    }),
  );
}
