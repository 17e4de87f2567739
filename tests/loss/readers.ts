import { Opened } from '@plaza/platform/server/opened';
import { type Random, seededRandom } from '../../replay/random.js';
import { AnywhereClient } from './anywhere.js';
import type { LossOptions } from './options.js';
import { PageReader } from './page-reader.js';
import { socketLine, streamLine } from './lines.js';
import type { Stop } from './site.js';
import { Subscriber } from './subscriber.js';
import { EVENTS, TICKET_CHANGED } from './subscriptions.js';
import type { Tenant } from './tenant.js';
import type { Faults, Log, Reader } from './verdict.js';
import { WebhookReceiver } from './webhook-receiver.js';

/** What a socket is closed with whose server restarts. */
const SERVICE_RESTART = 1012;

/**
 * Everybody who reads the log in a round: subscribers, and per tenant one webhook endpoint and two readers of pages, one of
 * which may see one location alone.
 */
export class Readers {
  private readonly opened = new Opened();
  private constructor(
    private readonly subscribers: readonly Subscriber[],
    private readonly pages: readonly PageReader[],
    private readonly receivers: readonly WebhookReceiver[],
  ) {}

  static async open(
    urls: readonly string[],
    tenants: readonly Tenant[],
    { clients }: LossOptions,
    seed: string,
    signal: AbortSignal,
  ): Promise<Readers> {
    const receivers = await Promise.all(
      tenants.map((tenant, index) => WebhookReceiver.open(tenant, seededRandom(`${seed} receiver ${index}`))),
    );
    const subscribers = Array.from({ length: clients }, (_, index) =>
      subscribe(index, tenants[index % tenants.length] as Tenant, Math.floor(index / tenants.length), urls),
    );
    const pages = tenants.flatMap(({ access }) =>
      [access.full, access.limited].map(
        (key) => new PageReader(new AnywhereClient(urls, key.token, signal), key),
      ),
    );
    const readers = new Readers(subscribers, pages, receivers);
    const reading = new AbortController();
    const read = Promise.all(pages.map((page) => page.run(AbortSignal.any([signal, reading.signal]))));
    // told by close()
    read.catch(() => undefined);
    readers.opened.add(() => Promise.all([...receivers, ...subscribers].map((reader) => reader.close())));
    readers.opened.add(() => {
      reading.abort();
      return read;
    });
    return readers;
  }

  async close(): Promise<void> {
    await this.opened.close();
  }

  /** The first subscriber that has no cursor to resume from. */
  get notBegun(): Subscriber | undefined {
    return this.subscribers.find(({ resumable }) => !resumable);
  }

  /** Grows whenever somebody is told something. */
  get progress(): number {
    const frames = this.subscribers.reduce((sum, subscriber) => sum + subscriber.frames, 0);
    return this.receivers.reduce((sum, { requests }) => sum + requests, frames);
  }

  /** The address that most subscribers are connected to. */
  get busiest(): string {
    const counts = new Map<string, number>();
    for (const { url } of this.subscribers) counts.set(url, (counts.get(url) ?? 0) + 1);
    return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
  }

  get disconnects(): number {
    return this.subscribers.reduce((sum, subscriber) => sum + subscriber.disconnects, 0);
  }

  get forged(): number {
    return this.receivers.reduce((sum, receiver) => sum + receiver.forged, 0);
  }

  disconnectOne(random: Random): void {
    this.subscribers[Math.floor(random() * this.subscribers.length)]?.disconnect();
  }

  receiversDown(down: boolean): void {
    for (const receiver of this.receivers) receiver.down = down;
  }

  /** Whether the webhooks have told all of these events. */
  haveTold(ids: readonly string[]): boolean {
    return ids.every((id) => this.receivers.some(({ connections }) => connections[0]?.includes(id)));
  }

  /** Whether everybody has been told the last event that is due, and the webhooks all: those come in any order. */
  haveAll(log: Log): boolean {
    const ordered = [...this.subscribers, ...this.pages];
    return (
      ordered.every((reader) => log.hasLast(reader)) &&
      this.receivers.every((receiver) => log.judge(receiver).missing === 0)
    );
  }

  /** How a process that was told to end took its leave from the sockets that it had. */
  judgeStop({ name, url, since, exitCode }: Stop): { goodbyes: number; findings: string[] } {
    const codes = this.subscribers.flatMap(({ closings }) =>
      closings.filter((closing) => closing.url === url && closing.at >= since).map(({ code }) => code),
    );
    const wrong = codes.filter((code) => code !== SERVICE_RESTART);
    const findings: string[] = [];
    if (exitCode !== 0) findings.push(`${name} was told to end, and did with exit code ${exitCode}`);
    if (wrong.length > 0)
      findings.push(`${name} was told to end, and closed ${wrong.length} sockets with ${wrong.join()}`);
    return { goodbyes: codes.length - wrong.length, findings };
  }

  judge(log: Log): { faults: Faults; findings: string[] } {
    const faults: Faults = { missing: 0, outOfOrder: 0, foreign: 0, repeats: 0 };
    const findings: string[] = [];
    for (const reader of this.everybody) {
      const found = log.judge(reader);
      for (const fault of Object.keys(faults) as (keyof Faults)[]) faults[fault] += found[fault];
      const { missing, outOfOrder, foreign } = found;
      if (missing + outOfOrder + foreign > 0) {
        findings.push(
          `${reader.exit}, ${reader.name}: ${missing} missing, ${outOfOrder} out of order, ${foreign} foreign`,
        );
      }
    }
    for (const { name, complaints, refusal } of this.subscribers) {
      findings.push(...complaints.map((text) => `${name}: ${text}`));
      if (refusal !== undefined && faults.missing > 0)
        findings.push(`${name}: was refused last with ${JSON.stringify(refusal)}`);
    }
    return { faults, findings };
  }

  private get everybody(): Reader[] {
    return [...this.subscribers, ...this.pages, ...this.receivers];
  }
}

/** Of an organization's subscribers every second follows tickets, every third has a stream, and half see one location. */
function subscribe(index: number, { access }: Tenant, turn: number, urls: readonly string[]): Subscriber {
  const subscription = turn % 2 === 0 ? EVENTS : TICKET_CHANGED;
  const line = turn % 3 === 2 ? streamLine : socketLine;
  const key = turn % 4 >= 2 ? access.limited : access.full;
  return new Subscriber(`subscriber ${index}`, subscription, key, line, urls, turn);
}
