import type { Logger } from 'pino';
import type pg from 'pg';
import { BELL_CHANNEL } from './channels.js';
import { keepMonths } from './months.js';
import { Pace } from './pace.js';
import { Placing, POLL_MS } from './placing.js';
import { SteadyConnection } from './steady-connection.js';
import { WakeUp } from './wake-up.js';

export interface SequencerOptions {
  /** The connection string of the role plaza_sequencer. */
  url: string;
  /** Months of events that ended longer ago than so many days are removed; 400 unless told. */
  retentionDays?: number;
  logger: Logger;
}

/** How many events wait for a position, and for how long the oldest of them has, in seconds. */
export interface SequencerLag {
  waiting: number;
  seconds: number;
}

const CALM_MS = 2;
/** How often a process that is not elected asks whether the place is free: the longest pause of a hand-over. */
const ELECTION_MS = 250;
/** Who could not place lets the others, who ask more often, have the place. */
const RESIGNED_MS = 2 * ELECTION_MS;
const HOUR_MS = 3_600_000;
const USUAL_RETENTION_DAYS = 400;

/**
 * Gives committed events their positions: 1, 2, 3... in each tenant's log. A number handed out at insert time is not
 * commit order, so a reader of those would lose events that commit late. One process is elected by a session lock; when
 * it dies, the lock moves to another one. The elected one also keeps the months of the log.
 */
export class Sequencer {
  private readonly connection: SteadyConnection;
  private readonly wakeUp = new WakeUp();
  private readonly pace = new Pace(CALM_MS);
  private elected: pg.Client | undefined;
  private placing: Placing | undefined;
  private closed = false;
  private loop: Promise<void> = Promise.resolve();
  private months: Promise<void> = Promise.resolve();
  private nextMonths = 0;

  constructor(private readonly options: SequencerOptions) {
    this.connection = new SteadyConnection({
      url: options.url,
      applicationName: 'plaza sequencer',
      channels: [BELL_CHANNEL],
      onNotification: () => this.wake(),
      onConnect: () => this.wake(),
      logger: options.logger,
    });
  }

  /** True while this process is the elected one. */
  get leading(): boolean {
    return this.elected !== undefined && this.elected === this.connection.client;
  }

  async start(): Promise<void> {
    await this.connection.start();
    this.loop = this.run();
  }

  /** Tells the sequencer that there is something to number. */
  wake(): void {
    this.wakeUp.ring();
  }

  /** Finishes the round in hand and gives up the place. */
  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    await this.loop;
    await this.months;
    await this.connection.close();
  }

  /** How far numbering is behind, over all tenants. Throws while there is no connection. */
  async lag(): Promise<SequencerLag> {
    const client = this.connection.client;
    if (!client) throw new Error('The sequencer has no connection.');
    const { rows } = await client.query<SequencerLag>(
      `select count(*)::integer as waiting,
         coalesce(extract(epoch from clock_timestamp() - min(e.recorded_at)), 0)::float8 as seconds
       from unnest(events.unplaced('{(,)}')) as gap join events.event e
         on e.seq >= lower(gap) and e.seq < coalesce(upper(gap), 9223372036854775807)`,
    );
    return rows[0] as SequencerLag;
  }

  private async run(): Promise<void> {
    for (let started = 0, before = 0; !this.closed; before = started) {
      started = Date.now();
      let pauseMs = CALM_MS;
      try {
        const client = this.connection.client;
        if (client && (this.leading || (await this.elect(client)))) {
          this.placing ??= await Placing.begin(client);
          const placed = await this.placing.round();
          pauseMs = this.pace.apart(placed, started - before);
          if (Date.now() >= this.nextMonths) this.keepMonths();
        }
      } catch (error) {
        this.options.logger.warn({ error }, 'a round of the sequencer failed');
        // with a connection it is not the server that is away
        if (this.leading) pauseMs = RESIGNED_MS;
        await this.resign();
      }
      await pause(pauseMs - (Date.now() - started));
      if (!this.closed) await this.wakeUp.wait(this.leading ? POLL_MS : ELECTION_MS);
    }
  }

  /** Another process may be able to do what this one can't; and what this one believes to know of the log may be wrong. */
  private async resign(): Promise<void> {
    const { elected } = this;
    this.elected = undefined;
    this.placing = undefined;
    await elected
      ?.query(`select pg_advisory_unlock(hashtext('plaza.events.sequencer'))`)
      // the connection is gone, and the lock with it
      .catch(() => undefined);
  }

  private async elect(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ elected: boolean }>(
      `select pg_try_advisory_lock(hashtext('plaza.events.sequencer')) as elected`,
    );
    if (!rows[0]?.elected) return false;
    this.elected = client;
    this.placing = undefined;
    this.nextMonths = 0;
    this.options.logger.info('elected as the sequencer of events');
    return true;
  }

  private keepMonths(): void {
    const { url, retentionDays = USUAL_RETENTION_DAYS, logger } = this.options;
    this.nextMonths = Date.now() + HOUR_MS;
    this.months = keepMonths({ url, retentionDays, logger }).catch((error: unknown) =>
      logger.warn({ error }, 'the months of the event log could not be kept'),
    );
  }
}

const pause = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
};
