import type { Logger } from 'pino';

interface RecurringWork {
  /** Milliseconds from one pass to the next; a pass that takes longer has none beside it. */
  every: number;
  /** Returns how much was done. */
  pass: () => Promise<number>;
  logger: Logger;
  /** What the log says when something was done. */
  done: string;
}

/** Background work: at the start and then again and again. A pass that fails is logged; the next one is tried. */
export class Recurring {
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();
  private running = false;

  constructor(private readonly work: RecurringWork) {}

  start(): void {
    this.begin();
    this.timer = setInterval(() => this.begin(), this.work.every);
  }

  /** Waits for the pass in hand. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.current;
  }

  private begin(): void {
    if (this.running) return;
    this.running = true;
    this.current = this.pass().finally(() => (this.running = false));
  }

  private async pass(): Promise<void> {
    const { pass, logger, done } = this.work;
    try {
      const count = await pass();
      if (count > 0) logger.info({ count }, done);
    } catch (error) {
      logger.error({ error, work: done }, 'a pass of background work failed; it is tried again');
    }
  }
}
