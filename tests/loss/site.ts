import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roleUrl } from '@plaza/platform/database/roles';
import { Opened } from '@plaza/platform/server/opened';
import { TEST_SECRETS } from '@plaza/platform/testing/test-cluster';
import type pg from 'pg';
import type { Random } from '../../replay/random.js';
import type { End } from './misfortunes.js';
import { OwnPostgres } from './own-postgres.js';
import type { PlazaProcess } from './plaza-process.js';
import { PROCESSES, type Processes, type Topology } from './topologies.js';
import { type Patience, until } from './waiting.js';

/** A process that was told to end, and did. */
export interface Stop {
  name: string;
  /** What clients call it by. */
  url: string;
  /** When it was told, in milliseconds of this process's clock. */
  since: number;
  exitCode: number | null;
}

/** The processes of a round: a PostgreSQL and the Plazas on it. */
export class Site {
  private readonly opened = new Opened();
  private constructor(
    readonly postgres: OwnPostgres,
    private readonly processes: Processes,
    private readonly patience: Patience,
  ) {}

  /** Starts everything in a folder that goes with it. `project` is where the product's files lie. */
  static async open(topology: Topology, project: string | undefined, patience: Patience): Promise<Site> {
    const folder = await mkdtemp(join(tmpdir(), 'plaza-loss-'));
    const postgres = await OwnPostgres.start(join(folder, 'postgres'));
    const processes = PROCESSES[topology]({ databaseUrl: postgres.url, folder, project });
    const site = new Site(postgres, processes, patience);
    site.opened.add(() => rm(folder, { recursive: true, force: true }));
    site.opened.add(() => postgres.stop());
    site.opened.add(() => Promise.all(site.plazas.map((plaza) => plaza.kill())));
    try {
      await processes.start();
      return site;
    } catch (error) {
      await site.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.opened.close();
  }

  /** Where clients ask. */
  get urls(): string[] {
    return this.processes.gateways.map(({ url }) => url);
  }

  /** The connection string of the role that writes tickets. */
  get writerUrl(): string {
    return roleUrl(this.postgres.url, TEST_SECRETS, 'tickets');
  }

  /**
   * Ends a process in this way and resolves when it is back. Answers how one that was told to end did so: of those that
   * clients speak to, that is the one at the address `busiest`.
   */
  async end(what: End, random: Random, busiest: string): Promise<Stop | null> {
    const { gateways, subgraphs } = this.processes;
    switch (what) {
      case 'session':
        await this.postgres.killSession(random, this.patience);
        return null;
      case 'server':
        await this.postgres.killServer(this.patience);
        return null;
      case 'sequencer':
        return killed(await this.sequencer());
      case 'gateway':
        return killed(pick(gateways, random));
      case 'subgraph':
        return killed(pick(subgraphs, random));
      case 'gateway stop':
        return stopped(gateways.find(({ url }) => url === busiest) ?? pick(gateways, random));
      case 'subgraph stop':
        return stopped(pick(subgraphs, random));
    }
  }

  /**
   * Keeps the gateways from their database while `work` runs: their connections end and none is let in, so whatever is
   * notified meanwhile is heard by nobody.
   */
  async cutOff(work: (admin: pg.Client) => Promise<void>): Promise<void> {
    await this.postgres.admin(async (admin) => {
      await admin.query('alter role plaza_gateway nologin');
      try {
        await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'plaza_gateway'`,
        );
        await work(admin);
      } finally {
        await admin.query('alter role plaza_gateway login');
      }
    });
  }

  /** Throws when a process has ended that nobody killed. */
  async assertAlive(): Promise<void> {
    for (const plaza of this.plazas) await plaza.assertAlive();
  }

  /** What the processes printed last, each under its name. */
  async lastWords(): Promise<string[]> {
    return Promise.all(this.plazas.map(async (plaza) => `${plaza.name}:\n${await plaza.lastWords()}`));
  }

  private get plazas(): PlazaProcess[] {
    return [...this.processes.gateways, ...this.processes.subgraphs];
  }

  private async sequencer(): Promise<PlazaProcess> {
    let found: PlazaProcess | undefined;
    const elected = async () => {
      const name = await this.postgres.sequencer();
      found = this.plazas.find((plaza) => plaza.name === name);
      return found !== undefined;
    };
    await until('a process is elected to number the events', elected, this.patience);
    return found as PlazaProcess;
  }
}

async function killed(plaza: PlazaProcess): Promise<null> {
  await plaza.kill();
  await plaza.start();
  return null;
}

async function stopped(plaza: PlazaProcess): Promise<Stop> {
  const since = performance.now();
  const exitCode = await plaza.stop();
  await plaza.start();
  return { name: plaza.name, url: plaza.url, since, exitCode };
}

const pick = (plazas: readonly PlazaProcess[], random: Random): PlazaProcess =>
  plazas[Math.floor(random() * plazas.length)] as PlazaProcess;
