import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** A document and the name under which its requests are counted. */
export interface Operation<Answer, Variables> {
  name: string;
  text: string;
  /** Never set; carries the types. */
  types?: { answer: Answer; variables: Variables };
}

/** Called once for each answered request, with its duration as the caller felt it: retries included. */
export type OnAnswer = (operation: string, milliseconds: number, retries: number) => void;

/** What the graph refused, in the graph's own words; `code` is `extensions.code`. */
export class GraphError extends Error {
  override name = 'GraphError';
  constructor(
    readonly operation: string,
    readonly code: string,
    message: string,
  ) {
    super(`${operation}: ${message} (${code})`);
  }
}

interface GraphQLAnswer<Answer> {
  data?: Answer | null;
  errors?: { message: string; extensions?: { code?: string; retryAfter?: number } }[];
}

const PATIENCE_MS = 60_000;
const CONNECTION_LOST = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);

/**
 * A client of the public graph over kept-alive connections. A request is sent again when its connection is lost or the
 * server answers 502, 503, 504 or RATE_LIMITED, for up to a minute: only queries, and commands with an idempotencyKey,
 * may be sent through it.
 */
export class GraphClient {
  /** Gives the access token of the next request; null sends none. */
  accessToken: () => Promise<string | null> = async () => null;

  private readonly pool: Pool;
  private reached = false;
  private readonly path: string;

  constructor(
    url: string,
    connections: number,
    private readonly onAnswer: OnAnswer = () => {},
  ) {
    const { origin, pathname } = new URL(url);
    this.pool = new Pool(origin, { connections, pipelining: 1, keepAliveTimeout: 30_000 });
    this.path = pathname === '/' ? '/graphql' : pathname;
  }

  /** Throws GraphError; throws the network's own error once the patience is over. */
  async request<Answer, Variables>(
    operation: Operation<Answer, Variables>,
    variables: Variables,
    { anonymous = false } = {},
  ): Promise<Answer> {
    const body = JSON.stringify({ query: operation.text, variables });
    const started = performance.now();
    for (let retries = 0; ; retries++) {
      const token = anonymous ? null : await this.accessToken();
      const attempt = await this.send<Answer>(body, token).catch((error: Error & { code?: string }) => {
        // A server that never answered is not restarting: the address is wrong.
        if (!this.reached || !CONNECTION_LOST.has(error.code ?? '')) throw error;
        return { wait: backOff(retries), reason: error };
      });
      if (!('wait' in attempt)) {
        this.onAnswer(operation.name, performance.now() - started, retries);
        const [error] = attempt.errors ?? [];
        if (error) throw new GraphError(operation.name, error.extensions?.code ?? 'UNKNOWN', error.message);
        return attempt.data!;
      }
      if (performance.now() - started + attempt.wait > PATIENCE_MS) throw attempt.reason;
      await sleep(attempt.wait);
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async send<Answer>(
    body: string,
    token: string | null,
  ): Promise<GraphQLAnswer<Answer> | { wait: number; reason: Error }> {
    const response = await this.pool.request({
      path: this.path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body,
    });
    this.reached = true;
    const text = await response.body.text();
    if ([502, 503, 504].includes(response.statusCode)) {
      return { wait: 500, reason: new Error(`the server answers ${response.statusCode}`) };
    }
    const answer = parseAnswer<Answer>(text, response.statusCode);
    const limited = answer.errors?.find(({ extensions }) => extensions?.code === 'RATE_LIMITED');
    if (limited)
      return { wait: (limited.extensions?.retryAfter ?? 1) * 1000, reason: new Error(limited.message) };
    return answer;
  }
}

function parseAnswer<Answer>(text: string, status: number): GraphQLAnswer<Answer> {
  try {
    return JSON.parse(text) as GraphQLAnswer<Answer>;
  } catch {
    throw new Error(
      `this is no GraphQL endpoint: it answers ${status} with ${JSON.stringify(text.slice(0, 80))}`,
    );
  }
}

/** Doubles from 50 ms to 3 s, with jitter so that the connections of a dead server do not all come back at once. */
function backOff(retries: number): number {
  return Math.min(3_000, 50 * 2 ** retries) * (0.5 + Math.random() / 2);
}
