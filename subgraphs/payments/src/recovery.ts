import type { PaymentsDeps } from './use-cases/context.js';
import { recoverPayments } from './use-cases/recover-payments.js';

const EVERY = 10_000;

/** Background work: finishes abandoned payments at the start and every ten seconds. */
export class PaymentRecovery {
  private timer: NodeJS.Timeout | undefined;
  private pass: Promise<void> = Promise.resolve();
  private running = false;

  constructor(private readonly deps: PaymentsDeps) {}

  async start(): Promise<void> {
    this.begin();
    this.timer = setInterval(() => this.begin(), EVERY);
  }

  /** Waits for the pass in hand. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.pass;
  }

  private begin(): void {
    if (this.running) return;
    this.running = true;
    this.pass = this.recover().finally(() => (this.running = false));
  }

  private async recover(): Promise<void> {
    try {
      const finished = await recoverPayments(this.deps);
      if (finished > 0) this.deps.logger.info({ finished }, 'abandoned payments were finished');
    } catch (error) {
      this.deps.logger.error({ error }, 'the recovery of payments failed; it is tried again');
    }
  }
}
