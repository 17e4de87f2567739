import { setTimeout as sleep } from 'node:timers/promises';
import { type Found, PlazaClient } from '../plaza/client.js';

/** Longer than any process of a round is away. */
const PATIENCE_MS = 120_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/**
 * A client that asks the next process when one does not answer, and until one does: only for queries, and commands with an
 * idempotencyKey.
 */
export class AnywhereClient {
  private readonly clients: PlazaClient[];
  private turn = 0;

  constructor(
    urls: readonly string[],
    token: string,
    private readonly signal: AbortSignal,
  ) {
    this.clients = urls.map((url) => new PlazaClient(url, token));
  }

  /** The data of an operation. Throws what it was refused with, and when nobody answers for two minutes. */
  async ask(query: string, variables: object): Promise<Found> {
    const limit = performance.now() + PATIENCE_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      this.signal.throwIfAborted();
      const answer = await this.next().send(query, variables).catch(unanswered);
      const code = answer.errors?.[0]?.extensions?.code ?? 'NONE';
      if (answer.data && !answer.errors) return answer.data;
      const passes = answer.status >= 500 || PASSING.has(code);
      if (!passes || performance.now() > limit) throw new Error(`The graph answered ${answer.text}`);
      await sleep(pause * (0.5 + Math.random()), undefined, { signal: this.signal });
    }
  }

  /** The value of a mutation's one field. */
  async command(query: string, input: { idempotencyKey: string; [name: string]: unknown }): Promise<Found> {
    return Object.values(await this.ask(query, { input }))[0] as Found;
  }

  private next(): PlazaClient {
    this.turn += 1;
    return this.clients[this.turn % this.clients.length] as PlazaClient;
  }
}

/** What a process answers whose database has just died, or that has too much to do. */
const PASSING = new Set(['INTERNAL_SERVER_ERROR', 'RATE_LIMITED']);

/** No connection, or one that was cut off in the middle of an answer. */
const unanswered = (error: Error) => ({
  status: 503,
  text: error.message,
  data: null,
  errors: undefined,
});
