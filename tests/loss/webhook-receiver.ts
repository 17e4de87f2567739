import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Random } from '../../replay/random.js';
import { type Tenant, WRITTEN } from './tenant.js';
import type { Reader } from './verdict.js';

/** The share of requests that are answered with 500, before or after the event was taken. */
const FAILURES = 0.05;

/** A partner's server for one tenant's webhooks, which fails now and then. */
export class WebhookReceiver implements Reader {
  readonly exit = 'webhook';
  readonly types = WRITTEN;
  readonly locationId = null;
  readonly connections: string[][] = [[]];
  readonly unordered = true;
  readonly name: string;
  readonly tenantId: string;
  /** True: connections are cut off without an answer. */
  down = false;
  /** Requests whose signature was not right. */
  forged = 0;
  requests = 0;
  private readonly server: Server;
  private webhook: Webhook | undefined;

  private constructor(
    tenant: Tenant,
    private readonly random: Random,
  ) {
    this.name = `the webhooks of ${tenant.id}`;
    this.tenantId = tenant.id;
    this.server = createServer((request, response) => void this.receive(request, response));
  }

  /** Listens on a free port and registers itself as an endpoint of the tenant. */
  static async open(tenant: Tenant, random: Random): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(tenant, random);
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.server.address() as AddressInfo;
    receiver.webhook = new Webhook(await tenant.tellBy(`http://127.0.0.1:${port}/`));
    return receiver;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    if (this.down) {
      request.socket.destroy();
      return;
    }
    const draw = this.random();
    // a killed sender leaves half a body
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    if (draw >= FAILURES / 2) this.take(body, request.headers as Record<string, string>);
    response.writeHead(draw < FAILURES ? 500 : 204).end();
  }

  private take(body: string, headers: Record<string, string>): void {
    try {
      const { id } = this.webhook?.verify(body, headers) as { id: string };
      if (id !== headers['webhook-id']) throw new Error('The header names another event.');
      this.connections[0]?.push(id);
    } catch {
      this.forged += 1;
    }
  }
}
