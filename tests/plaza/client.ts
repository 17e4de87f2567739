import { setTimeout } from 'node:timers/promises';
import { createClient as createSocketClient, type Client as SocketClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface GraphError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; [name: string]: unknown };
}

export interface Answer {
  status: number;
  data?: Found | null;
  errors?: GraphError[];
  text: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers have the shape that each test asks for
export type Found = Record<string, any>;

/** A client of the public graph, as a frontend team would write it: fetch, and the stock graphql-ws client. */
export class PlazaClient {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  as(token: string): PlazaClient {
    return new PlazaClient(this.url, token);
  }

  async send(query: string, variables: object = {}): Promise<Answer> {
    return this.post(JSON.stringify({ query, variables }));
  }

  /** Posts a body as it is, well-formed or not. */
  async post(body: string): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body,
    });
    const text = await response.text();
    return { status: response.status, text, ...(JSON.parse(text) as object) };
  }

  /** The data of an operation that must have no errors. */
  async ask(query: string, variables: object = {}): Promise<Found> {
    const answer = await this.send(query, variables);
    if (answer.errors || !answer.data) throw new Error(`The graph answered ${answer.text.slice(0, 2000)}`);
    return answer.data;
  }

  /** The value of a mutation's one field. */
  async command(query: string, input: object): Promise<Found> {
    return Object.values(await this.ask(query, { input }))[0] as Found;
  }

  socket(options: object = {}): SocketClient {
    return createSocketClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: this.token ? { authorization: `Bearer ${this.token}` } : {},
      ...options,
    });
  }

  /** Subscribes and keeps what arrives. */
  async watch(query: string, variables: Record<string, unknown>): Promise<Watch> {
    return Watch.start(this.socket({ lazy: false }), query, variables);
  }
}

/** What one subscription has yielded. */
export class Watch {
  readonly frames: Found[] = [];
  readonly errors: unknown[] = [];
  private waiting: (() => void)[] = [];

  private constructor(private readonly client: SocketClient) {}

  static async start(
    client: SocketClient,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<Watch> {
    const watch = new Watch(client);
    const connected = new Promise<void>((resolve) => client.on('connected', () => resolve()));
    client.subscribe<Found>(
      { query, variables },
      {
        next: (frame) => watch.add(() => watch.frames.push(frame)),
        error: (error) => watch.add(() => watch.errors.push(error)),
        complete: () => watch.add(() => undefined),
      },
    );
    await connected;
    return watch;
  }

  /** Waits until a frame fulfils `condition`; the test's own time limit ends a wait in vain. */
  async until(condition: (frame: Found) => boolean): Promise<Found> {
    for (;;) {
      const found = this.frames.find(condition);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Waits until the subscription is refused or fails, and says why. */
  async refused(): Promise<string> {
    while (this.errors.length === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return JSON.stringify(this.errors);
  }

  /**
   * Causes events until one of their frames fulfils `condition`: a subscription has no answer that says it has begun, and
   * what happened before it began is not its own.
   */
  async provoke(
    cause: (turn: number) => Promise<unknown>,
    condition: (frame: Found) => boolean,
  ): Promise<Found> {
    for (let turn = 0; ; turn += 1) {
      await cause(turn);
      const frame = await Promise.race([this.until(condition), setTimeout(500, undefined)]);
      if (frame) return frame;
    }
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }

  private add(change: () => void): void {
    change();
    for (const wake of this.waiting.splice(0)) wake();
  }
}
