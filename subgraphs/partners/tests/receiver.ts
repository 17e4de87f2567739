import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
  event: { id: string; type: string; position: number; subject: { type: string; id: string } };
}

type Answer = number | ((response: ServerResponse, webhook: ReceivedWebhook) => void);

/** A partner's HTTP server: keeps what it gets and answers as it was told, 204 when it was not. */
export class Receiver {
  readonly received: ReceivedWebhook[] = [];
  private readonly answers: Answer[] = [];
  private readonly server: Server;
  otherwise: Answer = 204;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const webhook = { headers: request.headers, body, event: JSON.parse(body) };
        this.received.push(webhook);
        const answer = this.answers.shift() ?? this.otherwise;
        if (typeof answer === 'number') response.writeHead(answer).end('thank you');
        else answer(response, webhook);
      });
    });
  }

  static async listen(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** Answers the next requests so. */
  next(...answers: Answer[]): void {
    this.answers.push(...answers);
  }

  of(subjectId: string): ReceivedWebhook[] {
    return this.received.filter(({ event }) => event.subject.id === subjectId);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Verifies as a partner would. Throws when the signature is not right. */
export const verify = (signingSecret: string, { body, headers }: ReceivedWebhook): unknown =>
  new Webhook(signingSecret).verify(body, headers as Record<string, string>);
