import type { Logger } from 'pino';
import pg from 'pg';

export interface SteadyConnectionOptions {
  url: string;
  applicationName: string;
  /** Channels to LISTEN to, again after every reconnect. */
  channels?: readonly string[];
  onNotification?: (payload: string, channel: string) => void;
  /** Called after every (re)connect: what was notified in between was missed. */
  onConnect?: () => void;
  onDisconnect?: () => void;
  logger: Logger;
}

const PING_MS = 5_000;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;

/** One dedicated connection that comes back by itself: outside the pool, because LISTEN and session locks live on it. */
export class SteadyConnection {
  private current: pg.Client | undefined;
  private closed = false;
  private retryMs = FIRST_RETRY_MS;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: SteadyConnectionOptions) {}

  /** The live connection, or undefined while there is none. */
  get client(): pg.Client | undefined {
    return this.current;
  }

  /** Resolves after the first attempt, whether or not it succeeded; further attempts go on behind it. */
  async start(): Promise<void> {
    await this.connect();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    const client = this.current;
    this.current = undefined;
    await client?.end();
  }

  private async connect(): Promise<void> {
    const { url, applicationName, channels = [], onNotification, onConnect } = this.options;
    const client = new pg.Client({
      connectionString: url,
      application_name: applicationName,
      keepAlive: true,
      // several may ask at a time: a round, a measurement of the lag, a ping
      pipeline: true,
      connectionTimeoutMillis: 5_000,
      // a session of a machine that vanished must not keep its locks for hours
      options: '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3',
    });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('The connection was closed.')));
    client.on('notification', ({ channel, payload }) => onNotification?.(payload ?? '', channel));
    try {
      await client.connect();
      for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      client.end().catch(() => undefined);
      this.retry(error);
      return;
    }
    if (this.closed) {
      await client.end();
      return;
    }
    this.current = client;
    this.retryMs = FIRST_RETRY_MS;
    this.ping(client);
    onConnect?.();
  }

  // a half-open TCP connection is only noticed by talking on it
  private ping(client: pg.Client): void {
    this.timer = setTimeout(() => {
      const late = setTimeout(() => this.lost(client, new Error('No answer to a ping.')), PING_MS);
      client
        .query('select 1')
        .then(() => client === this.current && this.ping(client))
        .catch((error: Error) => this.lost(client, error))
        .finally(() => clearTimeout(late));
    }, PING_MS);
    this.timer.unref();
  }

  private lost(client: pg.Client, error: Error): void {
    if (this.current !== client) return;
    this.current = undefined;
    clearTimeout(this.timer);
    client.end().catch(() => undefined);
    this.options.onDisconnect?.();
    this.retry(error);
  }

  private retry(error: unknown): void {
    if (this.closed) return;
    this.options.logger.warn({ error, connection: this.options.applicationName }, 'database connection lost');
    this.timer = setTimeout(() => void this.connect(), this.retryMs * (0.5 + Math.random()));
    this.timer.unref();
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }
}
