import { SetClock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import { sql, type Statement } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import pg from 'pg';
import type { TicketRow } from '../src/database/ticket.entity.js';
import { recordEntry, type RecordEntryInput } from '../src/use-cases/record-entry.js';

export const NOON = new Date('2026-11-22T12:00:00Z');

/** An instant so many seconds after noon. */
export const noonPlus = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

let plates = 0;
/** A plate that no other test uses. */
export const newPlate = (): string => `T${(plates += 1)}`;

/** A database with what the tests of tickets do in it, as the roles that do it. */
export class Gate {
  readonly clock = new SetClock(NOON);
  readonly viewer = testViewer();
  readonly tickets: Database;
  readonly payments: Database;
  private readonly spaces: Database;

  private constructor(
    readonly test: TestDatabase,
    private readonly admin: pg.Client,
  ) {
    this.tickets = test.database('tickets', { max: 20 });
    this.payments = test.database('payments');
    this.spaces = test.database('spaces');
  }

  static async open(): Promise<Gate> {
    const test = await createTestDatabase();
    const admin = new pg.Client({ connectionString: test.adminUrl });
    await admin.connect();
    return new Gate(test, admin);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.test.drop();
  }

  on(viewer: Viewer | null = this.viewer) {
    return { database: this.tickets, clock: this.clock, viewer };
  }

  /** A location with so many spaces for cars, as the spaces subgraph makes it. */
  async location(count: number, viewer = this.viewer): Promise<string> {
    const id = newId();
    await this.spaces.write(viewer, (tx) =>
      Promise.all([
        tx.run(
          sql`insert into spaces.location (id, name, time_zone, currency_code) values (${id}, 'L', 'UTC', 'EUR')`,
        ),
        tx.run(sql`insert into spaces.space (location_id, number, kind)
          select ${id}, 'A-' || n, 'CAR' from generate_series(1, ${count}) n`),
      ]),
    );
    return id;
  }

  async spaceIds(locationId: string): Promise<string[]> {
    const { rows } = await this.admin.query<{ id: string }>(
      'select id from spaces.space where location_id = $1 order by id',
      [locationId],
    );
    return rows.map(({ id }) => id);
  }

  enter(locationId: string, input: Partial<RecordEntryInput> = {}, viewer = this.viewer) {
    return recordEntry(this.on(viewer), { locationId, plate: newPlate(), ...input });
  }

  /** Lets a vehicle in that must get in. */
  async ticket(
    locationId: string,
    input: Partial<RecordEntryInput> = {},
    viewer = this.viewer,
  ): Promise<TicketRow> {
    const outcome = await this.enter(locationId, input, viewer);
    if (outcome.__typename !== 'VehicleEntered') throw new Error(outcome.message);
    return outcome.ticket;
  }

  /** Calls a contract function as the payments subgraph does. */
  asPayments<Row>(statement: Statement, viewer = this.viewer): Promise<Row[]> {
    return this.payments.write(viewer, (tx) => tx.rows<Row>(statement));
  }

  /** Asks the database itself, past every policy. */
  async truth<Row extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.admin.query<Row>(text, values)).rows;
  }

  /** The types of the events of a location, in the order of their making. */
  async told(locationId: string): Promise<string[]> {
    const rows = await this.truth<{ type: string }>(
      `select type from events.event where location_id = $1 and type not in ('location.created', 'space.added') order by seq`,
      locationId,
    );
    return rows.map(({ type }) => type);
  }

  /** How many spaces of a location are held, and how many tickets there live: the same number, always. */
  async inside(locationId: string): Promise<{ claims: number; tickets: number }> {
    const [counted] = await this.truth<{ claims: number; tickets: number }>(
      `select (select count(*)::int from spaces.claim where location_id = $1 and ends_at = 'infinity') as claims,
        (select count(*)::int from tickets.ticket t
          join spaces.claim c on c.reference = t.id and c.space_id = t.space_id and c.ends_at = 'infinity'
          where t.location_id = $1 and t.status in ('OPEN', 'SETTLED', 'LOST')) as tickets`,
      locationId,
    );
    return counted ?? { claims: -1, tickets: -1 };
  }
}
