import { SetClock } from '@plaza/platform/clock';
import { sql, type Statement } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import type { SpaceRange } from '../src/domain/space-range.js';
import { createLocation } from '../src/use-cases/create-location.js';

export const NOON = new Date('2026-11-22T12:00:00Z');

/** An instant so many seconds after noon. */
export const noonPlus = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

export interface Claimed {
  outcome: string;
  spaceId: string | null;
}

/** A database with what the tests of spaces do in it, as the roles that do it. */
export class CarPark {
  readonly clock = new SetClock(NOON);
  readonly viewer = testViewer();

  private constructor(
    readonly test: TestDatabase,
    readonly spaces = test.database('spaces'),
    readonly tickets = test.database('tickets', { max: 25 }),
  ) {}

  static async open(): Promise<CarPark> {
    return new CarPark(await createTestDatabase());
  }

  on(viewer: Viewer | null = this.viewer) {
    return { database: this.spaces, clock: this.clock, viewer };
  }

  /** Opens a location with these spaces and tells its id. */
  async location(spaces: SpaceRange[], viewer = this.viewer): Promise<string> {
    const { location } = await createLocation(this.on(viewer), {
      name: 'Bull Ring',
      timeZone: 'Europe/London',
      currencyCode: 'GBP',
      spaces,
    });
    return location.id;
  }

  /** What the tickets subgraph does when a vehicle enters. */
  claim(
    locationId: string,
    {
      kind = 'CAR',
      spaceId = null as string | null,
      ticketId = newId(),
      at = NOON,
      viewer = this.viewer,
    } = {},
  ): Promise<Claimed> {
    return this.tickets.write(viewer, (tx) =>
      tx.one<Claimed>(sql`
        select outcome, space_id as "spaceId"
        from spaces.claim_space(${locationId}, ${kind}, ${spaceId}, ${ticketId}, ${at})`),
    );
  }

  /** What the tickets subgraph does when a vehicle leaves. */
  async release(ticketId: string, at: Date, viewer = this.viewer): Promise<string | null> {
    const { space } = await this.tickets.write(viewer, (tx) =>
      tx.one<{ space: string | null }>(sql`select spaces.release_space(${ticketId}, ${at}) as space`),
    );
    return space;
  }

  /** Reads as the spaces role does. */
  rows<Row>(statement: Statement, viewer = this.viewer): Promise<Row[]> {
    return this.spaces.read(viewer, (tx) => tx.rows<Row>(statement));
  }

  async spaceIds(locationId: string): Promise<string[]> {
    const spaces = await this.rows<{ id: string }>(
      sql`select id from spaces.space where location_id = ${locationId} order by id`,
    );
    return spaces.map(({ id }) => id);
  }
}
