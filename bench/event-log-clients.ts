import { performance } from 'node:perf_hooks';
import { EventListener } from '@plaza/platform/events/listener';
import { Doorbell } from '@plaza/platform/events/doorbell';
import { newId } from '@plaza/platform/ids';
import { createLogger } from '@plaza/platform/server/logger';
import pg from 'pg';
import type { Latencies } from '../replay/latencies.js';
import type { Contender } from './race.js';

interface Client {
  connection: pg.Client;
  tenantId: string;
  /** The number of its counter. */
  counter: number;
  /** When its changes that nobody told yet were due; the first one is event `told + 1` of its tenant. */
  sent: number[];
  /** How many events of its tenant the listener was told of. */
  told: number;
}

export interface EventLogClientsOptions {
  name: string;
  /** For writing. */
  url: string;
  clients: number;
  /** Where its listener connects; undefined: nobody is told, and nobody waits for it. */
  listenUrl?: string | undefined;
  /** Whether a doorbell is rung after each commit, as Plaza does. */
  rings?: boolean;
}

const logger = createLogger('bench', 'warn');

/**
 * Clients of one database, each with a connection, a counter and a tenant of its own, who change something in one
 * transaction at a time. Where somebody listens, a turn lasts until it was told of the last change.
 */
export class EventLogClients implements Contender {
  readonly name: string;
  private readonly idle: Client[];
  private readonly byTenant: Map<string, Client>;
  private readonly listener: EventListener | undefined;
  private readonly doorbell: Doorbell | undefined;
  private untold = 0;
  private allTold: (() => void) | undefined;
  private latencies: Latencies | undefined;

  private constructor(options: EventLogClientsOptions) {
    this.name = options.name;
    this.idle = Array.from({ length: options.clients }, (_, index) => ({
      connection: new pg.Client({ connectionString: options.url }),
      tenantId: newId(),
      counter: index + 1,
      sent: [],
      told: 0,
    }));
    this.byTenant = new Map(this.idle.map((client) => [client.tenantId, client]));
    this.doorbell = options.rings ? new Doorbell({ url: options.url, logger }) : undefined;
    this.listener = options.listenUrl
      ? new EventListener({
          url: options.listenUrl,
          logger,
          onGrown: (tenantId, position) => this.grown(tenantId, position),
          onConnect: () => undefined,
        })
      : undefined;
  }

  static async connect(options: EventLogClientsOptions): Promise<EventLogClients> {
    const made = new EventLogClients(options);
    await made.listener?.start();
    await made.doorbell?.start();
    for (const { connection, tenantId } of made.idle) {
      await connection.connect();
      await connection.query(
        `select set_config('plaza.tenant', $1, false), set_config('plaza.correlation', 'bench', false),
          set_config('plaza.actor', '{"kind": "user", "id": "${tenantId}"}', false)`,
        [tenantId],
      );
    }
    return made;
  }

  async run(): Promise<void> {
    const client = this.idle.pop();
    if (!client) throw new Error('More changes are under way than there are clients.');
    await this.change(client, performance.now());
  }

  async settle(): Promise<void> {
    if (this.untold > 0) await new Promise<void>((resolve) => (this.allTold = resolve));
  }

  /** Sends `perSecond` changes for so many seconds, whatever becomes of them, and records sent -> told for each. */
  async flow(perSecond: number, seconds: number, latencies: Latencies | undefined): Promise<void> {
    this.latencies = latencies;
    const begun = performance.now();
    const under: Promise<void>[] = [];
    for (let sent = 0; sent < perSecond * seconds;) {
      const due = Math.floor(((performance.now() - begun) * perSecond) / 1000);
      // with no client free a change is late, and its wait counts from when it was due
      for (; sent < due && this.idle.length > 0; sent += 1) {
        under.push(this.change(this.idle.pop()!, begun + (sent * 1000) / perSecond));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(under);
    await this.settle();
    this.latencies = undefined;
  }

  async close(): Promise<void> {
    await this.doorbell?.close();
    await this.listener?.close();
    await Promise.all(this.idle.map(({ connection }) => connection.end()));
  }

  private async change(client: Client, due: number): Promise<void> {
    if (this.listener) {
      client.sent.push(due);
      this.untold += 1;
    }
    await client.connection.query({
      name: 'change',
      text: 'select bench.change($1)',
      values: [client.counter],
    });
    this.doorbell?.ring();
    this.idle.push(client);
  }

  private grown(tenantId: string, position: number): void {
    const client = this.byTenant.get(tenantId);
    if (!client) return;
    const now = performance.now();
    const told = client.sent.splice(0, position - client.told);
    client.told = position;
    for (const due of told) this.latencies?.record(this.name, now - due);
    this.untold -= told.length;
    if (this.untold > 0) return;
    this.allTold?.();
    this.allTold = undefined;
  }
}
