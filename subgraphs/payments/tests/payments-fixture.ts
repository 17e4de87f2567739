import { SetClock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import pg from 'pg';
import { pino } from 'pino';
import { CashProvider } from '../src/providers/cash/cash.provider.js';
import type { PaymentProvider } from '../src/providers/provider.js';
import { sandboxKey } from '../src/providers/sandbox/sandbox-signature.js';
import { SandboxProvider } from '../src/providers/sandbox/sandbox.provider.js';
import type { PaymentsContext } from '../src/use-cases/context.js';
import { publishTariff } from '../src/use-cases/publish-tariff.js';
import type { PaymentMethod } from '../src/domain/payment.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';

/** Two euros for each started hour, at most twenty a day, 21 % of it tax, a quarter of an hour to leave. */
export const HOURLY: TariffRulesInput = {
  currencyCode: 'EUR',
  bands: [{ steps: [{ minutes: 60, price: '2.00' }] }],
  caps: [{ amount: '20.00', per: 'HOURS_24' }],
  graces: { exit: 15 },
  tax: { percent: '21' },
};

/** 10:00 in Madrid, on the clock of the tests. */
export const NOW = '2026-05-04T08:00:00.000Z';
export const HOUR = 3_600_000;
/** What the sandbox approves; cash has no token. */
export const tenderOf = (method: PaymentMethod) => (method === 'CASH' ? null : { token: 'tok_approve' });

/** Payments on a database of its own, with the clock in the test's hand and the superuser's eyes. */
export interface Payments {
  clock: SetClock;
  database: Database;
  test: TestDatabase;
  viewer: Viewer;
  /** What a story is told with, in the viewer's name unless told. */
  as(viewer?: Viewer | null, providers?: PaymentProvider[]): PaymentsContext;
  /** A location in Madrid, with a tariff since 2015 unless told. */
  openLocation(owner?: Viewer, tariff?: TariffRulesInput | null): Promise<string>;
  /** A car that entered so many hours before the clock's now. */
  enter(locationId: string, hoursAgo?: number, owner?: Viewer): Promise<string>;
  /** What the tickets subgraph does when a ticket is voided or lost. */
  mark(ticketId: string, status: 'VOID' | 'LOST'): Promise<void>;
  /** Rows as the superuser sees them. */
  see<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openPayments(): Promise<Payments> {
  const test = await createTestDatabase();
  const database = test.database('payments', { max: 20 });
  const [spaces, tickets] = [test.database('spaces'), test.database('tickets')];
  const admin = new pg.Client({ connectionString: test.adminUrl });
  await admin.connect();
  const clock = new SetClock(NOW);
  const viewer = testViewer();
  const logger = pino({ level: 'silent' });
  const sandbox = new SandboxProvider(database, { key: sandboxKey(test.secrets), laterSeconds: 0 });
  const own = [sandbox, new CashProvider()];
  const as = (caller: Viewer | null = viewer, providers: PaymentProvider[] = own): PaymentsContext => ({
    viewer: caller,
    database,
    clock,
    logger,
    providers,
  });
  let cars = 0;

  return {
    clock,
    database,
    test,
    viewer,
    as,
    async openLocation(owner = viewer, tariff = HOURLY) {
      const locationId = newId();
      await spaces.write(owner, (tx) =>
        tx.run(sql`
          insert into spaces.location (id, name, time_zone, currency_code)
          values (${locationId}, 'Puerta', 'Europe/Madrid', 'EUR')`),
      );
      if (tariff) {
        const effectiveFrom = new Date('2015-01-01T00:00:00Z');
        const published = await publishTariff(as(owner), {
          locationId,
          name: 'Standard',
          tariff,
          effectiveFrom,
        });
        if (published.__typename !== 'TariffPublished') throw new Error(published.message);
      }
      return locationId;
    },
    async enter(locationId, hoursAgo = 1, owner = viewer) {
      const [ticketId, vehicleId] = [newId(), newId()];
      const enteredAt = new Date(clock.now().getTime() - hoursAgo * HOUR);
      const plate = `TEST ${(cars += 1)}`;
      await spaces.write(owner, (tx) =>
        tx.run(sql`
          insert into spaces.space (location_id, number, kind) values (${locationId}, ${plate}, 'CAR')`),
      );
      await tickets.write(owner, async (tx) => {
        const claim = await tx.one<{ space_id: string }>(sql`
          select space_id from spaces.claim_space(${locationId}, 'CAR', null, ${ticketId}, ${enteredAt})`);
        await tx.run(
          sql`insert into tickets.vehicle (id, plate, kind) values (${vehicleId}, ${plate}, 'CAR')`,
        );
        await tx.run(sql`
          insert into tickets.ticket (id, code, location_id, space_id, vehicle_id, vehicle_kind, entered_at, changed_at)
          values (${ticketId}, ${plate}, ${locationId}, ${claim.space_id}, ${vehicleId}, 'CAR', ${enteredAt},
            ${enteredAt})`);
      });
      return ticketId;
    },
    async mark(ticketId, status) {
      await tickets.write(viewer, (tx) =>
        tx.run(sql`
          update tickets.ticket set status = ${status}
          where id = ${ticketId} and status in ('OPEN', 'LOST') and not (${status} = 'VOID' and holds_money)`),
      );
    },
    see: async <Row>(text: string, values: unknown[] = []) => (await admin.query(text, values)).rows as Row[],
    async close() {
      await admin.end();
      await test.drop();
    },
  };
}
