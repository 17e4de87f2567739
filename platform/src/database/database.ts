import pg from 'pg';
import type { Viewer } from '../viewer.js';
import { GatheringSocket } from './gathering-socket.js';
import { isWorthRetrying } from './postgres-errors.js';
import { prepare, sql, type Statement } from './sql.js';
import { Transaction } from './transaction.js';

/** In whose name a transaction runs: what row-level security and the event log see. */
export interface TenantScope {
  tenantId: string | null;
  userId?: string | null;
  /** The only locations to be seen; null or undefined: all of the tenant's. */
  locationIds?: string[] | null;
  /** Who acts, for the event log: {"kind", "id"}. */
  actor?: { kind: string; id: string };
  correlationId?: string;
  /** The event that this transaction answers, for the events that it writes. */
  causationId?: string;
  /** Further settings under `plaza.`, for narrow policies: { api_key_hash: '...' }. */
  settings?: Record<string, string>;
}

export interface DatabaseOptions {
  /** The connection string of the component's own login role. */
  url: string;
  /** The most connections to hold; 10 unless told. */
  max?: number;
  applicationName: string;
  /** Called after every committed write: rings the event log's doorbell. */
  afterCommit?: () => void;
}

const ATTEMPTS = 4;

/** A new connection has to prepare its statements and compile its functions again: it is kept over a quiet while. */
const IDLE_MILLISECONDS = 300_000;

const INT8 = 20;

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** One component's way to its schema: pooled, pipelined connections that always know in whose name they run. */
export class Database {
  private readonly pool: pg.Pool;
  private readonly afterCommit: () => void;

  constructor(options: DatabaseOptions) {
    this.afterCommit = options.afterCommit ?? (() => undefined);
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.max ?? 10,
      application_name: options.applicationName,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: IDLE_MILLISECONDS,
      // what has nothing left to do may end, though a connection is kept warm
      allowExitOnIdle: true,
      keepAlive: true,
      pipeline: true,
      stream: () => new GatheringSocket(),
      types,
    });
    // an idle connection that breaks is replaced by the pool at the next use
    this.pool.on('error', () => undefined);
    // one that breaks between its making and its first use belongs to neither the pool nor a transaction
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Runs `work` in a read-only transaction in the viewer's name. */
  async read<Result>(
    scope: Viewer | TenantScope,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.transaction(sql`begin read only`, scope, work);
  }

  /** Runs `work` in one transaction; all of it happens or none. Run again after a deadlock, so `work` may only touch the database. */
  async write<Result>(
    scope: Viewer | TenantScope,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await this.transaction(sql`begin`, scope, work);
        this.afterCommit();
        return result;
      } catch (error) {
        if (attempt === ATTEMPTS || !isWorthRetrying(error)) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async transaction<Result>(
    begin: Statement,
    scope: Viewer | TenantScope,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error) => (broken = error);
    client.on('error', onError);
    try {
      // sent together with the first statements of `work`: they cost no round trip of their own
      const begun = Promise.all([client.query(prepare(begin)), client.query(prepare(settings(scope)))]);
      begun.catch(() => undefined);
      const tx = new Transaction(client);
      const result = await work(tx);
      const end = await client.query(prepare(sql`commit`));
      await begun;
      // Postgres answers ROLLBACK, not an error, to the commit of a transaction in which a statement failed
      if (end.command !== 'COMMIT') throw tx.failed ?? new Error('Nothing was committed.');
      return result;
    } catch (error) {
      if (!broken) await client.query(prepare(sql`rollback`)).catch((failed: Error) => (broken = failed));
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }
}

function settings(scope: Viewer | TenantScope): Statement {
  const actor = 'kind' in scope ? { kind: scope.kind, id: scope.id } : scope.actor;
  const userId = 'kind' in scope ? (scope.kind === 'user' ? scope.id : '') : (scope.userId ?? '');
  const locations = scope.locationIds ? `{${scope.locationIds.join(',')}}` : '';
  const extra = 'settings' in scope && scope.settings ? Object.entries(scope.settings) : [];
  if ('causationId' in scope && scope.causationId) extra.push(['causation', scope.causationId]);
  const fragments = [
    sql`select set_config('plaza.tenant', ${scope.tenantId ?? ''}, true), set_config('plaza.user', ${userId}, true),
      set_config('plaza.locations', ${locations}, true), set_config('plaza.actor', ${actor ? JSON.stringify(actor) : ''}, true),
      set_config('plaza.correlation', ${scope.correlationId ?? ''}, true)`,
    ...extra.map(([name, value]) => sql`set_config(${`plaza.${name}`}, ${value}, true)`),
  ];
  return sql.join(fragments, ', ');
}
