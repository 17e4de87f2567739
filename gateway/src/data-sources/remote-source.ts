import type { Logger } from '@plaza/platform/server/logger';
import { VIEWER_HEADER } from '@plaza/platform/viewer-token';
import { Pool } from 'undici';
import type {
  CallContext,
  SubgraphAnswer,
  SubgraphRequest,
  SubgraphSource,
} from '../execution/subgraph-source.js';
import { Recent } from '@plaza/platform/server/recent';
import { failedAnswer, receivedErrors } from './errors.js';
import type { ViewerTokens } from './viewer-tokens.js';

const CONNECTIONS = 64;
const TIMEOUT_MILLISECONDS = 30_000;
const READY_MILLISECONDS = 2000;

export interface RemoteSourceOptions {
  name: string;
  /** Where the subgraph serves GraphQL, such as http://tickets:4003/graphql. */
  url: string;
  viewerTokens: ViewerTokens;
  logger: Logger;
}

/** A subgraph in another process: one pool of kept-alive connections, the viewer signed in a header. */
export class RemoteSource implements SubgraphSource {
  private readonly pool: Pool;
  private readonly path: string;
  // a query is sent again and again: its JSON is made once
  private readonly encoded = new Recent<string, string>(5000);

  constructor(private readonly options: RemoteSourceOptions) {
    const url = new URL(options.url);
    this.path = url.pathname;
    this.pool = new Pool(url.origin, {
      connections: CONNECTIONS,
      keepAliveTimeout: 30_000,
      headersTimeout: TIMEOUT_MILLISECONDS,
      bodyTimeout: TIMEOUT_MILLISECONDS,
    });
  }

  async fetch(request: SubgraphRequest, context: CallContext): Promise<SubgraphAnswer> {
    const { logger, name } = this.options;
    try {
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        'x-request-id': context.requestId,
      };
      if (context.viewer) headers[VIEWER_HEADER] = await this.options.viewerTokens.tokenOf(context.viewer);
      const body = `{"query":${this.encode(request.query)},"variables":${JSON.stringify(request.variables)}}`;
      const response = await this.pool.request({ method: 'POST', path: this.path, headers, body });
      const answer = parseAnswer(await response.body.text());
      if (!answer) throw new Error(`The subgraph ${name} answered ${response.statusCode} without GraphQL.`);
      if (!answer.errors) return answer;
      return { data: answer.data, errors: receivedErrors(answer.errors, logger, context.requestId) };
    } catch (error) {
      return failedAnswer(error, logger, context.requestId);
    }
  }

  async ready(): Promise<boolean> {
    try {
      const { statusCode, body } = await this.pool.request({
        method: 'GET',
        path: '/health/ready',
        headersTimeout: READY_MILLISECONDS,
      });
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private encode(query: string): string {
    let text = this.encoded.get(query);
    if (text === undefined) {
      text = JSON.stringify(query);
      this.encoded.set(query, text);
    }
    return text;
  }
}

function parseAnswer(text: string): SubgraphAnswer | undefined {
  try {
    const answer = JSON.parse(text) as SubgraphAnswer | null;
    return answer && ('data' in answer || Array.isArray(answer.errors)) ? answer : undefined;
  } catch {
    return undefined;
  }
}
