import { setTimeout } from 'node:timers/promises';
import { WakeUp } from '@plaza/platform/events/wake-up';
import { claimDeliveries, forgetOldDeliveries } from '../database/outbox.queries.js';
import { findLaggingTenants } from '../database/webhook-feed.queries.js';
import {
  attemptDelivery,
  type DeliveryContext,
  prepareDeliveries,
  type PreparedDelivery,
} from './attempt-delivery.js';
import { fanOutEvents } from './fan-out-events.js';

/** How long what is under way may take to end when the process is being stopped. */
const FAREWELL_MS = 3_000;
/** Between two looks for due deliveries. */
const PAUSE_MS = 5;
/** How often to look whether a tenant without an endpoint has one by now. */
const UNHEARD_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;
/** Work that looks across all tenants. */
const EVERYBODY = { tenantId: null };

/**
 * Follows the event log and delivers webhooks. Any number of processes may run one at once; they share the work through
 * row locks, and a lease on each delivery lets another one finish what a killed process had begun.
 */
export class WebhookWorker {
  private readonly news = new WakeUp();
  private readonly due = new WakeUp();
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private readonly grown = new Set<string>();
  /** Tenants without an endpoint when last looked at: their news can wait a moment. */
  private readonly unheard = new Set<string>();
  private ringsLater = false;
  private loops: Promise<unknown> = Promise.resolve();
  private closing = false;
  private lastSweep = -Infinity;
  private lastForgotten = -Infinity;

  constructor(private readonly on: DeliveryContext) {}

  start(): void {
    this.loops = Promise.all([
      this.repeat(this.news, () => this.fanOut()),
      this.repeat(this.due, () => this.deliver()),
    ]);
  }

  /** Something new is in the tenant's log. Without such calls the log is polled. */
  readonly logGrown = (tenantId: string): void => {
    this.grown.add(tenantId);
    if (this.unheard.has(tenantId)) this.ringLater();
    else this.news.ring();
  };

  private ringLater(): void {
    if (this.ringsLater) return;
    this.ringsLater = true;
    void setTimeout(UNHEARD_MS, undefined, { ref: false }).then(() => {
      this.ringsLater = false;
      this.news.ring();
    });
  }

  /** Takes on nothing new, lets attempts end for a moment, and gives back those that don't. */
  async close(): Promise<void> {
    this.closing = true;
    this.news.ring();
    this.due.ring();
    await this.loops;
    const ended = Promise.all(this.underWay);
    await Promise.race([ended, setTimeout(FAREWELL_MS, undefined, { ref: false })]);
    this.stopping.abort();
    await ended;
    await this.on.sender.close();
  }

  private async repeat(wakeUp: WakeUp, work: () => Promise<void>): Promise<void> {
    while (!this.closing) {
      try {
        await work();
      } catch (error) {
        this.on.logger.error({ error }, 'webhook work failed; trying again');
      }
      if (!this.closing) await wakeUp.wait(this.on.settings.pollMs);
    }
  }

  /** One batch of each tenant in turn, so that somebody's long replay keeps nobody else waiting. */
  private async fanOut(): Promise<void> {
    let tenants = await this.tenantsToServe();
    while (tenants.length > 0 && !this.closing) {
      const behind: string[] = [];
      for (const tenantId of tenants) {
        const { listening, deliveries, more } = await fanOutEvents(this.on, tenantId);
        if (listening) this.unheard.delete(tenantId);
        else this.unheard.add(tenantId);
        if (deliveries > 0) this.due.ring();
        if (more) behind.push(tenantId);
      }
      tenants = behind;
    }
  }

  private async tenantsToServe(): Promise<string[]> {
    const told = [...this.grown];
    this.grown.clear();
    const now = performance.now();
    if (told.length > 0 && now - this.lastSweep < this.on.settings.pollMs) return told;
    this.lastSweep = now;
    return this.on.database.write(EVERYBODY, findLaggingTenants);
  }

  private async deliver(): Promise<void> {
    const { clock, database, settings } = this.on;
    const free = settings.concurrency - this.underWay.size;
    if (free <= 0) return;
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + 2 * settings.timeoutMs);
    const claimed = await database.write(EVERYBODY, (tx) =>
      claimDeliveries(tx, now, leaseUntil, free, settings.concurrencyPerEndpoint),
    );
    for (const [tenantId, deliveries] of Map.groupBy(claimed, (delivery) => delivery.tenantId)) {
      for (const delivery of await prepareDeliveries(this.on, tenantId, deliveries)) this.attempt(delivery);
    }
    await this.forgetNowAndThen();
    // attempts that end in the meantime are followed up together
    await setTimeout(PAUSE_MS);
  }

  private attempt(delivery: PreparedDelivery): void {
    const attempt = attemptDelivery(this.on, delivery, this.stopping.signal)
      .catch((error: unknown) =>
        this.on.logger.error({ error, deliveryId: delivery.id }, 'webhook attempt failed'),
      )
      .finally(() => {
        this.underWay.delete(attempt);
        this.due.ring();
      });
    this.underWay.add(attempt);
  }

  private async forgetNowAndThen(): Promise<void> {
    const now = performance.now();
    if (now - this.lastForgotten < FORGET_EVERY_MS) return;
    this.lastForgotten = now;
    await this.on.database.write(EVERYBODY, forgetOldDeliveries);
  }
}
