import { Opened } from '@plaza/platform/server/opened';
import { type Random, seededRandom } from '../../replay/random.js';
import { AnywhereClient } from './anywhere.js';
import { writeThroughGraph } from './graph-writer.js';
import { appendOneEach, writeIntoLog } from './log-writer.js';
import { drawMisfortunes, type End, endsIn, type Misfortune } from './misfortunes.js';
import type { LossOptions } from './options.js';
import { allNumbered, isQuiet, readLog } from './read-log.js';
import { Readers } from './readers.js';
import { Site } from './site.js';
import { createTenant, type Place, type Tenant, TICKET_TYPES, WRITTEN } from './tenant.js';
import type { Faults } from './verdict.js';
import { Log } from './verdict.js';
import { comesTrue, type Patience, until } from './waiting.js';
import { Writing } from './writing.js';

export interface RoundResult extends Faults {
  /** Events that were compared. */
  events: number;
  clients: number;
  disconnects: number;
  /** How often which process ended, and came back. */
  ends: Record<End, number>;
  /** Sockets that a process closed with 1012 when it was told to end. */
  goodbyes: number;
  /** Webhooks whose signature was wrong. */
  forged: number;
  /** What was wrong, reader by reader. */
  findings: string[];
  seconds: number;
}

export interface RoundContext {
  /** Where the product's files lie; undefined: here. */
  project: string | undefined;
  signal: AbortSignal;
  /** Told how far the round has come. */
  tell(line: string): void;
}

/** A share of the writers works through the graph; the others append many more events in the same time. */
const THROUGH_GRAPH = 0.25;
/** How often a client is cut off in a round, on average. */
const DISCONNECTS = 2.5;
/** How far the writers may be ahead of the next misfortune, as a share of the events: it is to find them at work. */
const AHEAD = 0.03;
/** For what must happen whatever is slow: a start, a recovery. */
const STARTS_MS = 120_000;

/** One round on processes of its own; what it started has ended when it resolves. */
export async function playRound(options: LossOptions, seed: string, on: RoundContext): Promise<RoundResult> {
  const opened = new Opened();
  try {
    return await new Round(options, seed, on, opened).play();
  } finally {
    await opened.close();
  }
}

class Round {
  private readonly random: Random;
  private readonly patience: Patience;
  private readonly started = performance.now();
  private readonly ends: Record<End, number>;
  private goodbyes = 0;
  /** What was wrong with a process that was told to end. */
  private readonly badStops: string[] = [];

  constructor(
    private readonly options: LossOptions,
    private readonly seed: string,
    private readonly on: RoundContext,
    private readonly opened: Opened,
  ) {
    this.ends = Object.fromEntries(endsIn(options.topology).map((end) => [end, 0])) as Record<End, number>;
    this.random = seededRandom(`${seed} misfortunes`);
    this.patience = { patienceMs: STARTS_MS, signal: on.signal };
  }

  async play(): Promise<RoundResult> {
    const { signal, tell } = this.on;
    const site = await Site.open(this.options.topology, this.on.project, this.patience);
    this.opened.add(() => site.close());
    try {
      return await this.playAt(site);
    } catch (error) {
      if (!signal.aborted) for (const words of await site.lastWords()) tell(words);
      throw error;
    }
  }

  private async playAt(site: Site): Promise<RoundResult> {
    const { tell } = this.on;
    const tenants = await this.createTenants(site);
    const readers = await Readers.open(site.urls, tenants, this.options, this.seed, this.on.signal);
    this.opened.add(() => readers.close());
    tell('every subscriber waits for its first cursor');
    const since = await this.warmUp(site, tenants, readers);
    await this.write(site, tenants, readers);
    tell('the last events come while no gateway listens');
    await this.lastWords(site, tenants, readers);
    tell('everything is written; the readers catch up');
    const log = new Log(await site.postgres.admin(readLog), since);
    const { patienceMs } = this.options;
    const caughtUp = () => readers.haveAll(log);
    await comesTrue(caughtUp, { patienceMs, progress: () => readers.progress, signal: this.on.signal });
    await site.assertAlive();
    return this.conclude(log, readers, site);
  }

  private async createTenants(site: Site): Promise<Tenant[]> {
    const { tenants, writers } = this.options;
    const tenant = (_: unknown, index: number) => createTenant(site.urls[0] as string, `T${index}`, writers);
    return Promise.all(Array.from({ length: tenants }, tenant));
  }

  /**
   * A subscription without a cursor begins somewhere, and nothing tells where. So events are written until every client
   * has got one and with it a cursor. Answers how far each tenant's log went then.
   */
  private async warmUp(site: Site, tenants: Tenant[], readers: Readers): Promise<Map<string, number>> {
    for (const before = performance.now(); ;) {
      await site.postgres.admin(async (admin) => {
        for (const tenant of tenants) await appendOneEach(admin, tenant, TICKET_TYPES[0] as string);
      });
      const { signal } = this.on;
      if (await comesTrue(() => !readers.notBegun, { patienceMs: 1_000, signal })) break;
      if (performance.now() - before > STARTS_MS) {
        const { name, refusal } = readers.notBegun ?? {};
        throw new Error(`The subscription of ${name} never began: ${JSON.stringify(refusal)}`);
      }
    }
    const events = await site.postgres.admin(readLog);
    return new Map(events.map(({ tenantId, position }) => [tenantId, position]));
  }

  private async write(site: Site, tenants: Tenant[], readers: Readers): Promise<void> {
    const { writers, events, clients } = this.options;
    const cutOff = (DISCONNECTS * clients) / events;
    const random = seededRandom(`${this.seed} disconnects`);
    const writing = new Writing(events, this.on.signal, (committed) => {
      if (random() < cutOff * committed) readers.disconnectOne(random);
    });
    const throughGraph = Math.max(tenants.length, Math.round(writers * THROUGH_GRAPH));
    const work = Array.from({ length: writers }, (_, index) => {
      if (index >= throughGraph) {
        return writeIntoLog(
          () => site.writerUrl,
          tenants,
          seededRandom(`${this.seed} writer ${index}`),
          writing,
        );
      }
      const tenant = tenants[index % tenants.length] as Tenant;
      const client = new AnywhereClient(site.urls, tenant.access.full.token, this.on.signal);
      const place = tenant.places[Math.floor(index / tenants.length) % 2] as Place;
      return writeThroughGraph(client, place, `W${index}`, writing);
    });
    await Promise.all([...work, this.suffer(site, readers, writing)]);
    this.on.signal.throwIfAborted();
    await this.numbered(site);
  }

  private async suffer(site: Site, readers: Readers, writing: Writing): Promise<void> {
    const { topology, kills } = this.options;
    const misfortunes = drawMisfortunes(endsIn(topology), kills, this.random);
    const allowUntil = (next: Misfortune | undefined) =>
      writing.allow(next ? (next.at + AHEAD) * writing.wanted : Infinity);
    allowUntil(misfortunes[0]);
    for (const [index, { at, what }] of misfortunes.entries()) {
      await writing.reached(at * writing.wanted);
      allowUntil(misfortunes[index + 1]);
      this.on.signal.throwIfAborted();
      this.on.tell(`${writing.committed} of ${writing.wanted} events: ${what}`);
      if (what === 'receiver down') readers.receiversDown(true);
      else if (what === 'receiver up') readers.receiversDown(false);
      else await this.end(what, site, readers);
    }
  }

  private async end(what: End, site: Site, readers: Readers): Promise<void> {
    this.ends[what] += 1;
    const stop = await site.end(what, this.random, readers.busiest);
    if (!stop) return;
    const { goodbyes, findings } = readers.judgeStop(stop);
    this.goodbyes += goodbyes;
    this.badStops.push(...findings);
  }

  /**
   * What is numbered while nobody hears it must be read by whoever comes back, though nothing follows that would tell.
   * The webhooks are waited for, because an attempt's end is an event, and that would tell.
   */
  private async lastWords(site: Site, tenants: Tenant[], readers: Readers): Promise<void> {
    const patience = { ...this.patience, progress: () => readers.progress };
    await until('no webhook waits', () => site.postgres.admin(isQuiet), patience);
    await site.cutOff(async (admin) => {
      const ids: string[] = [];
      for (const tenant of tenants)
        ids.push(...(await appendOneEach(admin, tenant, TICKET_TYPES[0] as string)));
      const told = async () => readers.haveTold(ids) && (await isQuiet(admin));
      await until('the last events are told by webhooks', told, patience);
    });
  }

  private async numbered(site: Site): Promise<void> {
    await until('every event has its position', () => site.postgres.admin(allNumbered), this.patience);
  }

  private async conclude(log: Log, readers: Readers, site: Site): Promise<RoundResult> {
    const { faults, findings } = readers.judge(log);
    findings.push(...this.badStops);
    if (findings.length > 0) findings.push(...(await site.lastWords()));
    return {
      ...faults,
      events: log.compared(WRITTEN),
      clients: this.options.clients,
      disconnects: readers.disconnects,
      forged: readers.forged,
      ends: this.ends,
      goodbyes: this.goodbyes,
      findings,
      seconds: (performance.now() - this.started) / 1_000,
    };
  }
}
