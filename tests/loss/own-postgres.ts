import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import pg from 'pg';
import type { Random } from '../../replay/random.js';
import { until, type Patience } from './waiting.js';

/** The process whose session holds the sequencer's lock, by the name that it gave its connections. */
const SEQUENCER = `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.granted and a.usename = 'plaza_sequencer'`;

/** A PostgreSQL of the round's own, which can be killed and comes back where it was. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private running: EmbeddedPostgres,
  ) {}

  /** Durable as in production: what a killed server has acknowledged must be there afterwards. */
  static async start(folder: string): Promise<OwnPostgres> {
    return new OwnPostgres(folder, await startEmbeddedPostgres({ folder }));
  }

  /** The superuser's url; the same after a restart. */
  get url(): string {
    return this.running.url;
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }

  /** Runs statements as the superuser, whom no policy binds, on a connection of its own. */
  async admin<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'loss test' });
    // a query that the server's death cuts off rejects by itself
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Which process numbers the events, if one does. */
  async sequencer(): Promise<string | undefined> {
    const { rows } = await this.admin((client) => client.query<{ name: string }>(SEQUENCER));
    return rows[0]?.name;
  }

  /** SIGKILL to one session of a Plaza: the server then ends all others too and recovers from its log. */
  async killSession(random: Random, patience: Patience): Promise<void> {
    const { rows } = await this.admin((client) =>
      client.query<{ pid: number }>(`select pid from pg_stat_activity
        where backend_type = 'client backend' and usename like 'plaza_%' order by backend_start`),
    );
    const chosen = rows[Math.floor(random() * rows.length)];
    if (chosen) process.kill(chosen.pid, 'SIGKILL');
    await this.answers(patience);
  }

  /** SIGKILL to the server itself, as in a power cut; it is started again on the same port. */
  async killServer(patience: Patience): Promise<void> {
    const { port } = new URL(this.url);
    const [pid] = (await readFile(join(this.folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    await this.running.stop();
    this.running = await startEmbeddedPostgres({ folder: this.folder, port: Number(port) });
    await this.answers(patience);
  }

  private async answers(patience: Patience): Promise<void> {
    const asked = () =>
      this.admin((client) => client.query('select 1')).then(
        () => true,
        () => false,
      );
    await until('the killed PostgreSQL answers again', asked, patience);
  }
}
