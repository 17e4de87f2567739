import type { Logger } from 'pino';
import type pg from 'pg';
import { BELL_CHANNEL } from './channels.js';
import { SteadyConnection } from './steady-connection.js';
import { WakeUp } from './wake-up.js';

export interface SequencerOptions {
  /** The connection string of the role plaza_sequencer. */
  url: string;
  logger: Logger;
}

/** How many events wait for a position, and for how long the oldest of them has, in seconds. */
export interface SequencerLag {
  waiting: number;
  seconds: number;
}

/** Looks for events that nobody rang for, and for those whose transaction took long. */
const POLL_MS = 1_000;
/** How often a process that is not elected asks whether the place is free: the longest pause of a hand-over. */
const ELECTION_MS = 250;
/** Between the starts of two rounds: under load one round numbers what many commits wrote. */
const ROUND_MS = 4;
const BATCH = 1_000;

/**
 * Gives committed events their positions: 1, 2, 3... in each tenant's log. A number handed out at insert time is not
 * commit order, so a reader of those would lose events that commit late. One process is elected by a session lock; when
 * it dies, the lock moves to another one.
 */
export class Sequencer {
  private readonly connection: SteadyConnection;
  private readonly wakeUp = new WakeUp();
  private readonly logger: Logger;
  private elected: pg.Client | undefined;
  private closed = false;
  private loop: Promise<void> = Promise.resolve();
  private lastPoll = 0;
  // Rounds between two polls look only behind what was numbered more than a poll ago. Without it, a long transaction
  // elsewhere, which keeps the index entries of numbered events alive, would make every round read them all.
  private floor = 0;
  private nextFloor = 0;
  private highest = 0;

  constructor(options: SequencerOptions) {
    this.logger = options.logger;
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
    await this.connection.close();
  }

  /** How far numbering is behind, over all tenants. Throws while there is no connection. */
  async lag(): Promise<SequencerLag> {
    const client = this.connection.client;
    if (!client) throw new Error('The sequencer has no connection.');
    const { rows } = await client.query<SequencerLag>(
      `select count(*)::integer as waiting,
         coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0)::float8 as seconds
       from events.event where position is null`,
    );
    return rows[0] as SequencerLag;
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      const started = Date.now();
      try {
        const client = this.connection.client;
        if (client && (this.leading || (await this.elect(client)))) await this.number(client);
      } catch (error) {
        this.logger.warn({ error }, 'a round of the sequencer failed');
      }
      await pause(ROUND_MS - (Date.now() - started));
      if (!this.closed) await this.wakeUp.wait(this.leading ? POLL_MS : ELECTION_MS);
    }
  }

  private async elect(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ elected: boolean }>(
      `select pg_try_advisory_lock(hashtext('plaza.events.sequencer')) as elected`,
    );
    if (!rows[0]?.elected) return false;
    this.elected = client;
    this.lastPoll = this.floor = this.nextFloor = this.highest = 0;
    this.logger.info('elected as the sequencer of events');
    return true;
  }

  private async number(client: pg.Client): Promise<void> {
    const polling = Date.now() - this.lastPoll >= POLL_MS;
    if (polling) {
      this.lastPoll = Date.now();
      this.floor = this.nextFloor;
      this.nextFloor = this.highest;
    }
    let added: number;
    do {
      const { rows } = await client.query<{ added: string; last_seq: string }>({
        name: 'sequence',
        text: 'select added, last_seq from events.sequence($1, $2)',
        values: [polling ? 0 : this.floor, BATCH],
      });
      added = rows.reduce((sum, row) => sum + Number(row.added), 0);
      this.highest = Math.max(this.highest, ...rows.map((row) => Number(row.last_seq)));
    } while (added === BATCH && !this.closed);
  }
}

const pause = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
};
