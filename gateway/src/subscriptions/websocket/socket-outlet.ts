import type { Socket } from 'node:net';
import type { GraphQLError } from 'graphql';
import type { WebSocket } from 'ws';
import type { Frame } from '../frame.js';
import { type Outlet, takenFrom } from '../outlet.js';
import type { LastMessage } from './message.js';

/** Come back: the server could not go on, or the client could not keep up. It resumes from its cursor. */
export const TRY_AGAIN = 1013;

/** A websocket and the TCP stream below it, which is ours: the server accepted it. */
export interface OpenSocket {
  socket: WebSocket;
  stream: Socket;
  /** One for all sockets of a server. */
  lastMessage: LastMessage;
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * One subscription on a websocket. Frames go to the TCP stream as bytes that all subscribers share, but for the id in
 * them. To the protocol's server it is a stream that yields nothing: it only tells it when the subscription ends.
 */
export class SocketOutlet implements Outlet, AsyncGenerator<never, void> {
  private stop: (() => void) | undefined;
  private readonly id: Buffer;
  private settle: { resolve: (end: typeof END) => void; reject: (error: unknown) => void } | undefined;
  private outcome: { error?: GraphQLError } | undefined;

  constructor(
    private readonly open: OpenSocket,
    id: string,
  ) {
    this.id = Buffer.from(JSON.stringify(id));
  }

  /** The subscription runs at its source, until `stop` is called. */
  begun(stop: () => void): this {
    this.stop = stop;
    if (this.outcome) stop();
    return this;
  }

  send(frames: readonly Frame[]): void {
    const { socket, stream, lastMessage } = this.open;
    if (this.outcome || socket.readyState !== socket.OPEN) return;
    stream.write(lastMessage.of(frames, this.id));
    // where nothing waits, the kernel has taken all of it
    if (stream.writableLength > 0) lastMessage.keep();
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
