import type { Logger } from 'pino';
import { EVENTS_CHANNEL } from './channels.js';
import { SteadyConnection } from './steady-connection.js';

export interface EventListenerOptions {
  url: string;
  logger: Logger;
  /** A tenant's log has grown to this position. */
  onGrown: (tenantId: string, position: number) => void;
  /** The connection is back: any log may have grown meanwhile, so read on from where you are. */
  onConnect: () => void;
}

/** The process's one LISTEN for numbered events. It only says that there is something new; the log is where it is read. */
export class EventListener {
  private readonly connection: SteadyConnection;

  constructor(options: EventListenerOptions) {
    this.connection = new SteadyConnection({
      url: options.url,
      applicationName: 'plaza event listener',
      channels: [EVENTS_CHANNEL],
      onNotification: (payload) => {
        for (const entry of payload.split(',')) {
          const [tenantId = '', position] = entry.split(':');
          options.onGrown(tenantId, Number(position));
        }
      },
      onConnect: options.onConnect,
      logger: options.logger,
    });
  }

  /** False while the connection is being made anew. */
  get listening(): boolean {
    return this.connection.client !== undefined;
  }

  async start(): Promise<void> {
    await this.connection.start();
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
