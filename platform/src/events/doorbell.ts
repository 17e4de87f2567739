import type { Logger } from 'pino';
import { BELL_CHANNEL } from './channels.js';
import { Pace } from './pace.js';
import type { Sequencer } from './sequencer.js';
import { SteadyConnection } from './steady-connection.js';

export interface DoorbellOptions {
  /** Any login role of this process: everybody may ring. */
  url: string;
  /** This process's own sequencer: when it is the elected one, it is woken without a detour. */
  sequencer?: Pick<Sequencer, 'leading' | 'wake'>;
  logger: Logger;
}

/** The sequencer has a pace of its own, so a ring need not wait long. */
const CALM_MS = 1;

/**
 * Tells the sequencer, wherever it runs, that something was committed. A NOTIFY takes a lock of the whole database at
 * its commit, so it is sent after business transactions, on a connection of its own. A ring that gets lost costs
 * nothing but the second until the sequencer's next poll.
 */
export class Doorbell {
  private readonly connection: SteadyConnection;
  private timer: NodeJS.Timeout | undefined;
  private lastRing = 0;
  private readonly pace = new Pace(CALM_MS);
  private apartMs = CALM_MS;
  /** Commits since the last ring. */
  private commits = 0;
  private ringing = false;
  private again = false;

  constructor(private readonly options: DoorbellOptions) {
    this.connection = new SteadyConnection({
      url: options.url,
      applicationName: 'plaza doorbell',
      // a ring need not survive a crash: whoever starts next looks for events anyway
      onConnect: () =>
        void this.connection.client?.query('set synchronous_commit = off').catch(() => undefined),
      logger: options.logger,
    });
  }

  async start(): Promise<void> {
    await this.connection.start();
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.connection.close();
  }

  /** Call it after a commit that wrote events; it returns at once. */
  readonly ring = (): void => {
    if (this.options.sequencer?.leading) {
      this.options.sequencer.wake();
      return;
    }
    this.commits += 1;
    if (this.timer) return;
    const wait = this.lastRing + this.apartMs - Date.now();
    if (wait <= 0) this.notify();
    else this.timer = setTimeout(() => this.notify(), wait);
  };

  private notify(): void {
    this.timer = undefined;
    if (this.ringing) {
      this.again = true;
      return;
    }
    const now = Date.now();
    this.apartMs = this.pace.apart(this.commits, now - this.lastRing);
    this.lastRing = now;
    this.commits = 0;
    this.ringing = true;
    void (this.connection.client?.query(`notify ${BELL_CHANNEL}`) ?? Promise.resolve())
      .catch(() => undefined)
      .finally(() => {
        this.ringing = false;
        if (!this.again) return;
        this.again = false;
        this.ring();
      });
  }
}
