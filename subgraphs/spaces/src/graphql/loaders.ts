import type { Connection, Page } from '@plaza/platform/graphql/connection';
import { toConnection } from '@plaza/platform/graphql/connection';
import { byId, loader, type RequestContext } from '@plaza/platform/graphql/context';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { readOccupancies, readStatuses } from '../database/claim.queries.js';
import type { LocationRow } from '../database/location.entity.js';
import { findLocations } from '../database/location.queries.js';
import type { SpaceRow, ZoneRow } from '../database/space.entity.js';
import {
  countSpaces,
  findSpaces,
  findZones,
  findZonesOfLocations,
  listSpaces,
  type SpaceFilter,
} from '../database/space.queries.js';
import type { SpacesDeps } from '../use-cases/context.js';

const LOCATIONS = Symbol('locations');
const OCCUPANCIES = Symbol('occupancies');
const SPACES = Symbol('spaces');
const STATUSES = Symbol('statuses');
const ZONES = Symbol('zones');
const ZONES_OF_LOCATIONS = Symbol('zones of locations');

/** What is read in batches: one statement for all locations or spaces of an answer, however many they are. */
export class SpacesLoaders {
  constructor(private readonly deps: SpacesDeps) {}

  location(context: RequestContext, id: string): Promise<LocationRow | null> {
    const viewer = requireScope(context.viewer, 'locations:read');
    return loader(context, LOCATIONS, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => findLocations(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  occupancy(context: RequestContext, locationId: string) {
    const viewer = requireScope(context.viewer, 'locations:read');
    return loader(context, OCCUPANCIES, (ids) =>
      this.deps.database.read(viewer, (tx) => readOccupancies(tx, ids, this.deps.clock.now())),
    ).load(locationId);
  }

  space(context: RequestContext, id: string): Promise<SpaceRow | null> {
    const viewer = requireScope(context.viewer, 'spaces:read');
    return loader(context, SPACES, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => findSpaces(tx, ids.filter(isId)))),
    ).load(id.toLowerCase());
  }

  status(context: RequestContext, spaceId: string) {
    const viewer = requireScope(context.viewer, 'spaces:read');
    return loader(context, STATUSES, (ids) =>
      this.deps.database.read(viewer, (tx) => readStatuses(tx, ids, this.deps.clock.now())),
    ).load(spaceId);
  }

  zone(context: RequestContext, id: string): Promise<ZoneRow | null> {
    const viewer = requireScope(context.viewer, 'spaces:read');
    return loader(context, ZONES, async (ids) =>
      byId(await this.deps.database.read(viewer, (tx) => findZones(tx, ids))),
    ).load(id);
  }

  async zonesOfLocation(context: RequestContext, locationId: string): Promise<ZoneRow[]> {
    const viewer = requireScope(context.viewer, 'locations:read');
    const zones = await loader(context, ZONES_OF_LOCATIONS, async (ids) =>
      Map.groupBy(
        await this.deps.database.read(viewer, (tx) => findZonesOfLocations(tx, ids)),
        (zone) => zone.locationId,
      ),
    ).load(locationId);
    return zones ?? [];
  }

  /** The same page of every location that the answer holds, read together. */
  async spacesOfLocation(
    context: RequestContext,
    locationId: string,
    filter: Omit<SpaceFilter, 'asOf'>,
    page: Page,
  ): Promise<Connection<SpaceRow>> {
    const viewer = requireScope(context.viewer, 'spaces:read');
    const asked = { ...filter, asOf: this.deps.clock.now() };
    const kind = Symbol.for(`spaces of locations ${JSON.stringify([filter, page])}`);
    const rows = await loader(context, kind, async (ids) =>
      Map.groupBy(
        await this.deps.database.read(viewer, (tx) => listSpaces(tx, ids, asked, page)),
        (space) => space.locationId,
      ),
    ).load(locationId);
    return toConnection(rows ?? [], page, () =>
      this.deps.database.read(viewer, (tx) => countSpaces(tx, locationId, asked)),
    );
  }
}
