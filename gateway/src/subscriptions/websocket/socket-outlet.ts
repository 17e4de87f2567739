import type { Socket } from 'node:net';
import type { GraphQLError } from 'graphql';
import type { WebSocket } from 'ws';
import type { Frame } from '../frame.js';
import { type Outlet, takenFrom } from '../outlet.js';
import { headBytes, writeHead } from './text-frame.js';

/** Come back: the server could not go on, or the client could not keep up. It resumes from its cursor. */
export const TRY_AGAIN = 1013;

/** A websocket and the TCP stream below it, which is ours: the server accepted it. */
export interface OpenSocket {
  socket: WebSocket;
  stream: Socket;
}

const CLOSING_BRACE = 0x7d;
const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * One subscription on a websocket. Frames go to the TCP stream with a head of their own, so the payload that all
 * subscribers share is written once as text and copied, not made anew for each. To the protocol's server it is a stream
 * that yields nothing: it only tells it when the subscription ends.
 */
export class SocketOutlet implements Outlet, AsyncGenerator<never, void> {
  private stop: (() => void) | undefined;
  private readonly prefix: Buffer;
  private settle: { resolve: (end: typeof END) => void; reject: (error: unknown) => void } | undefined;
  private outcome: { error?: GraphQLError } | undefined;

  constructor(
    private readonly open: OpenSocket,
    id: string,
  ) {
    this.prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  }

  /** The subscription runs at its source, until `stop` is called. */
  begun(stop: () => void): this {
    this.stop = stop;
    if (this.outcome) stop();
    return this;
  }

  send(frames: readonly Frame[]): void {
    const { socket, stream } = this.open;
    if (this.outcome || socket.readyState !== socket.OPEN) return;
    const { prefix } = this;
    let bytes = 0;
    for (const { payload } of frames) {
      const length = prefix.length + payload.length + 1;
      bytes += headBytes(length) + length;
    }
    const message = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (const { payload } of frames) {
      at = writeHead(message, at, prefix.length + payload.length + 1);
      at += prefix.copy(message, at);
      at += payload.copy(message, at);
      message[at++] = CLOSING_BRACE;
    }
    stream.write(message);
  }

  get waiting(): number {
    return this.open.stream.writableLength;
  }

  taken(patienceMs: number): Promise<boolean> {
    return takenFrom(this.open.stream, patienceMs);
  }

  complete(): void {
    this.end({});
  }

  fail(error: GraphQLError): void {
    this.end({ error });
  }

  interrupt(reason: string): void {
    this.open.socket.close(TRY_AGAIN, reason);
  }

  next(): Promise<IteratorResult<never, void>> {
    if (this.outcome) return this.told(this.outcome);
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<never, void>> {
    this.end({});
    return Promise.resolve(END);
  }

  async throw(): Promise<IteratorResult<never, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  private end(outcome: { error?: GraphQLError }): void {
    if (this.outcome) return;
    this.outcome = outcome;
    this.stop?.();
    if (outcome.error) this.settle?.reject(outcome.error);
    else this.settle?.resolve(END);
  }

  private told({ error }: { error?: GraphQLError }): Promise<IteratorResult<never, void>> {
    this.outcome = {};
    return error ? Promise.reject(error) : Promise.resolve(END);
  }
}
