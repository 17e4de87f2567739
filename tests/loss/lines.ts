import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import { createClient as createStreamClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { Agent, fetch, type RequestInit } from 'undici';
import WebSocket from 'ws';
import type { Found } from '../plaza/client.js';

const RETRY_MS = 30;
export const pause = (): Promise<void> => sleep(RETRY_MS * (0.5 + Math.random()));

export type Result = ExecutionResult<Found, Found>;

/** What a subscription tells; `error` and `complete` are its end. */
export interface Sink {
  next(result: Result): void;
  error(reason: unknown): void;
  complete(): void;
}

/** How a subscriber is connected: a stock client that comes back by itself whenever its connection ends. */
export interface Line {
  subscribe(request: { query: string; variables: Record<string, unknown> }, sink: Sink): void;
  /** Cuts the connection, as a network does; false when there is none. */
  cut(): boolean;
  dispose(): Promise<void> | void;
}

export interface LineOptions {
  /** Asked at each attempt. */
  url(): string;
  token: string;
  connected(): void;
  /** A socket that was not cut has ended: to where it went, and with which code. */
  closed(url: string, code: number): void;
}

/** graphql-ws over a socket. */
export function socketLine({ url, token, connected, closed }: LineOptions): Line {
  let socket: WebSocket | undefined;
  const client = createSocketClient({
    url: () => `${url().replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: pause,
    on: {
      connected: (opened) => {
        const current = (socket = opened as WebSocket);
        current.once('close', (code) => {
          if (socket !== current) return;
          socket = undefined;
          closed(new URL(current.url.replace('ws', 'http')).origin, code);
        });
        connected();
      },
    },
  });
  return {
    subscribe: (request, sink) => void client.subscribe<Found>(request, sink),
    cut() {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      const current = socket;
      socket = undefined;
      current.terminate();
      return true;
    },
    dispose: () => client.dispose(),
  };
}

/** graphql-sse, distinct connections: a response for each subscription. */
export function streamLine({ url, token, connected }: LineOptions): Line {
  let network: Agent | undefined;
  let open = false;
  const cut = () => {
    const was = open;
    open = false;
    void network?.destroy();
    network = undefined;
    return was;
  };
  const client = createStreamClient({
    url: () => `${url()}/graphql/stream`,
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: Infinity,
    retry: pause,
    // a connection of its own for each attempt, to be cut alone
    fetchFn: (address: string, init: RequestInit) => {
      cut();
      network = new Agent();
      return fetch(address, { ...init, dispatcher: network });
    },
    on: {
      connected: () => {
        open = true;
        connected();
      },
    },
  });
  return {
    subscribe: (request, sink) => void client.subscribe<Found, Found>(request, refusable(sink)),
    cut,
    dispose() {
      client.dispose();
      cut();
    },
  };
}

/** A stream has no message for an operation that can't begin: it sends the errors as a result and is complete. */
function refusable(sink: Sink): Sink {
  let withoutData: Result | undefined;
  return {
    next(result) {
      if (withoutData) sink.next(withoutData);
      withoutData = result.data ? undefined : result;
      if (result.data) sink.next(result);
    },
    error: (reason) => sink.error(reason),
    complete() {
      if (withoutData) sink.error(withoutData.errors);
      else sink.complete();
    },
  };
}
