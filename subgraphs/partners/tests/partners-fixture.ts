import { type Clock, systemClock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import { appendEvent } from '@plaza/platform/events/append';
import type { EventTypeName } from '@plaza/platform/events/catalogue';
import { Sequencer } from '@plaza/platform/events/sequencer';
import { newId } from '@plaza/platform/ids';
import { createLogger } from '@plaza/platform/server/logger';
import { sql } from '@plaza/platform/database/sql';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import type { Viewer } from '@plaza/platform/viewer';
import pg from 'pg';
import { readWebhookSettings, type WebhookSettings } from '../src/config.js';
import { createWebhookEndpoint } from '../src/use-cases/create-webhook-endpoint.js';
import type { PartnersContext } from '../src/use-cases/partners-context.js';
import { WebhookSender } from '../src/webhooks/webhook-sender.js';
import { WebhookWorker } from '../src/webhooks/webhook-worker.js';

export const silent = createLogger('test', 'silent');

/** The schedule of a test: the same rules in a few milliseconds. */
export const QUICK: WebhookSettings = {
  ...readWebhookSettings({}),
  schedule: [0, 0.05, 0.05, 0.05],
  timeoutMs: 500,
  pollMs: 25,
};

/** A database with a sequencer that numbers its events, and what the stories need. */
export class PartnersFixture {
  private readonly workers: WebhookWorker[] = [];

  private constructor(
    readonly db: TestDatabase,
    readonly database: Database,
    readonly admin: pg.Client,
    private readonly sequencer: Sequencer,
  ) {}

  static async start(): Promise<PartnersFixture> {
    const db = await createTestDatabase();
    const sequencer = new Sequencer({ url: db.url('sequencer'), logger: silent });
    await sequencer.start();
    const admin = new pg.Client({ connectionString: db.adminUrl });
    await admin.connect();
    const database = db.database('partners', { afterCommit: () => sequencer.wake() });
    return new PartnersFixture(db, database, admin, sequencer);
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
    await this.sequencer.close();
    await this.admin.end();
    await this.db.drop();
  }

  on(viewer: Viewer | null, clock: Clock = systemClock): PartnersContext {
    return {
      viewer,
      database: this.database,
      clock,
      secrets: this.db.secrets,
      addresses: { allowLoopback: true },
    };
  }

  /** Runs a worker as a process would; `close` it, or leave that to `stop`. */
  work(settings: Partial<WebhookSettings> = {}, clock: Clock = systemClock): WebhookWorker {
    const all = { ...QUICK, ...settings };
    const sender = new WebhookSender({ allowLoopback: all.allowLoopback }, all.timeoutMs);
    const database = this.db.database('partners');
    const worker = new WebhookWorker({
      database,
      clock,
      secrets: this.db.secrets,
      logger: silent,
      settings: all,
      sender,
    });
    this.workers.push(worker);
    worker.start();
    return worker;
  }

  async endpoint(viewer: Viewer, url: string, eventTypes: string[] = ['ticket.entered'], clock?: Clock) {
    const made = await createWebhookEndpoint(this.on(viewer, clock), { url, eventTypes });
    if (made.__typename !== 'WebhookEndpointCreated') throw new Error(made.message);
    return { id: made.endpoint.id, signingSecret: made.signingSecret };
  }

  /** Writes an event into the log and waits until it has its position. Returns the subject's id, which tells it apart. */
  async happens(
    viewer: Viewer,
    type: EventTypeName = 'ticket.entered',
    locationId: string | null = null,
  ): Promise<string> {
    const id = newId();
    const event = {
      type,
      subject: { type: 'Ticket', id },
      locationId,
      occurredAt: new Date(),
      data: { code: 'K7' },
    };
    await this.database.write(viewer, (tx) => appendEvent(tx, event));
    await eventually('the event has its position', async () => {
      const { rowCount } = await this.admin.query(
        'select from events.event e join events.placement p on e.id = any (p.event_ids) where e.subject_id = $1',
        [id],
      );
      return rowCount === 1;
    });
    return id;
  }

  /** A location of the viewer's organization, made as its subgraph makes it. */
  async location(viewer: Viewer): Promise<string> {
    const id = newId();
    await this.db
      .database('spaces')
      .write(viewer, (tx) =>
        tx.run(
          sql`insert into spaces.location (id, name, time_zone, currency_code) values (${id}, 'L', 'UTC', 'EUR')`,
        ),
      );
    return id;
  }

  /** As the superuser, whom no policy hides anything from. */
  async see<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(text, values)).rows;
  }
}

/** Polls until the check is true; the sentence says what was waited for. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  within = 10_000,
): Promise<void> {
  const end = Date.now() + within;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
