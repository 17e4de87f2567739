import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roleUrl } from '@plaza/platform/database/roles';
import { Opened } from '@plaza/platform/server/opened';
import { TEST_SECRETS } from '@plaza/platform/testing/test-cluster';
import type pg from 'pg';
import type { Random } from '../../replay/random.js';
import type { Kill } from './misfortunes.js';
import { OwnPostgres } from './own-postgres.js';
import { PlazaProcess } from './plaza-process.js';
import { type Patience, until } from './waiting.js';

/** Clients fail over between them, and the place of the sequencer moves. */
const PROCESSES = ['plaza-1', 'plaza-2'];

/** The processes of a round: a PostgreSQL and the Plazas on it. */
export class Site {
  private readonly opened = new Opened();
  private constructor(
    readonly postgres: OwnPostgres,
    readonly plazas: readonly PlazaProcess[],
    private readonly patience: Patience,
  ) {}

  /** Starts everything in a folder that goes with it. `project` is where the product's files lie. */
  static async open(project: string | undefined, patience: Patience): Promise<Site> {
    const folder = await mkdtemp(join(tmpdir(), 'plaza-loss-'));
    const postgres = await OwnPostgres.start(join(folder, 'postgres'));
    const plazas = PROCESSES.map((name) => new PlazaProcess(name, postgres.url, join(folder, name), project));
    const site = new Site(postgres, plazas, patience);
    site.opened.add(() => rm(folder, { recursive: true, force: true }));
    site.opened.add(() => postgres.stop());
    site.opened.add(() => Promise.all(plazas.map((plaza) => plaza.kill())));
    try {
      await Promise.all(plazas.map((plaza) => plaza.start()));
      return site;
    } catch (error) {
      await site.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.opened.close();
  }

  get urls(): string[] {
    return this.plazas.map(({ url }) => url);
  }

  /** The connection string of the role that writes tickets. */
  get writerUrl(): string {
    return roleUrl(this.postgres.url, TEST_SECRETS, 'tickets');
  }

  /** Kills a process of the kind with SIGKILL and resolves when it is back. */
  async kill(what: Kill, random: Random): Promise<void> {
    switch (what) {
      case 'session':
        return this.postgres.killSession(random, this.patience);
      case 'server':
        return this.postgres.killServer(this.patience);
      case 'gateway':
        return this.restart(this.plazas[Math.floor(random() * this.plazas.length)]);
      case 'sequencer':
        return this.restart(await this.sequencer());
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

  private async restart(plaza: PlazaProcess | undefined): Promise<void> {
    await plaza?.kill();
    await plaza?.start();
  }

  private async sequencer(): Promise<PlazaProcess | undefined> {
    let found: PlazaProcess | undefined;
    const elected = async () => {
      const name = await this.postgres.sequencer();
      found = this.plazas.find((plaza) => plaza.name === name);
      return found !== undefined;
    };
    await until('a process is elected to number the events', elected, this.patience);
    return found;
  }
}
