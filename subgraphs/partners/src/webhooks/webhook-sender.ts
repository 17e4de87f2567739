import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import type { AttemptFailure } from '../domain/attempt.js';
import { type AddressPolicy, mayReceiveWebhooks } from '../domain/webhook-address.js';

/** What an endpoint answered, or why it didn't. */
export interface WebhookAnswer {
  responseStatus: number | null;
  failure: AttemptFailure | null;
  retryAfter: string | undefined;
}

class AddressNotAllowed extends Error {
  override readonly name = 'AddressNotAllowed';
}

/** The most of an answer's body that is read, so that the connection can be used again; it is thrown away. */
const MOST_ANSWER_BYTES = 16_384;

/**
 * Posts webhooks to where partners say. Every connection goes to an address that was checked after the name was resolved,
 * so a name that comes to mean a private address gets nowhere; redirects are not followed.
 */
export class WebhookSender {
  private readonly agent: Agent;

  constructor(
    private readonly addresses: AddressPolicy,
    private readonly timeoutMs: number,
  ) {
    const connect = buildConnector({ timeout: timeoutMs, allowH2: false, lookup: this.lookupAllowed });
    this.agent = new Agent({
      connect: (options, callback) => {
        // a literal address is never looked up
        if (isIP(options.hostname) !== 0 && !mayReceiveWebhooks(options.hostname, addresses)) {
          callback(new AddressNotAllowed(), null);
          return;
        }
        connect(options, callback);
      },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Never throws. Aborting the signal ends the request as a failed connection. */
  async send(
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<WebhookAnswer> {
    const limit = AbortSignal.timeout(this.timeoutMs);
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: this.agent,
        headers: { 'content-type': 'application/json', 'user-agent': 'Plaza-Webhooks/1', ...headers },
        body,
        signal: AbortSignal.any([signal, limit]),
      });
      // the status says it all; a body that never ends is cut off by the limit
      answer.body.dump({ limit: MOST_ANSWER_BYTES, signal: limit }).catch(() => undefined);
      const retryAfter = answer.headers['retry-after'];
      return {
        responseStatus: answer.statusCode,
        failure: null,
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      };
    } catch (error) {
      return { responseStatus: null, failure: failureOf(error, limit.aborted), retryAfter: undefined };
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private readonly lookupAllowed: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      if (!found.every(({ address }) => mayReceiveWebhooks(address, this.addresses))) {
        return callback(new AddressNotAllowed(), []);
      }
      if (options.all) return callback(null, found);
      return callback(null, found[0]?.address ?? '', found[0]?.family);
    });
  };
}

function failureOf(error: unknown, timedOut: boolean): AttemptFailure {
  if (timedOut) return 'TIMEOUT';
  if (!(error instanceof Error)) return 'CONNECTION_FAILED';
  const reasons = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  if (reasons.some((reason) => reason instanceof AddressNotAllowed)) return 'ADDRESS_NOT_ALLOWED';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'TIMEOUT';
  return /TLS|CERT|SSL|SIGNATURE/.test(code) ? 'TLS_FAILED' : 'CONNECTION_FAILED';
}
