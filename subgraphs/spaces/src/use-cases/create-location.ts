import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { forbidden } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import type { LocationRow } from '../database/location.entity.js';
import { insertLocation } from '../database/location.queries.js';
import { insertSpaces } from '../database/space.queries.js';
import { type LocationProfile, validProfile } from '../domain/location-profile.js';
import { type SpaceRange, spacesOfRanges } from '../domain/space-range.js';
import type { SpacesContext } from './context.js';

export interface CreateLocationInput extends LocationProfile {
  spaces?: SpaceRange[] | null;
  idempotencyKey?: string | null;
}

export interface LocationCreated {
  __typename: 'LocationCreated';
  location: LocationRow;
}

/** Opens a location, with its first spaces where they are given. */
export async function createLocation(
  on: SpacesContext,
  input: CreateLocationInput,
): Promise<LocationCreated> {
  const viewer = requireScope(on.viewer, 'locations:write');
  // somebody who sees some locations only would not see the one that they made
  if (viewer.locationIds) throw forbidden('locations:write');
  const profile = validProfile(input);
  const spaces = spacesOfRanges(input.spaces ?? [], 'spaces');
  const command = keyedCommand('spaces', viewer, 'createLocation', input);

  return on.database.write(viewer, (tx) =>
    once(tx, command, async () => {
      const id = newId();
      const [location] = await Promise.all([
        insertLocation(tx, id, profile),
        spaces.length > 0 ? insertSpaces(tx, id, spaces) : undefined,
      ]);
      return { __typename: 'LocationCreated', location };
    }),
  );
}
