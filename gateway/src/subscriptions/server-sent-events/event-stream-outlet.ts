import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { Frame } from '../frame.js';
import { type Outlet, takenFrom } from '../outlet.js';

const NEXT = Buffer.from('event: next\ndata: ');
const END_OF_EVENT = Buffer.from('\n\n');
const COMPLETE = 'event: complete\ndata: \n\n';
// the empty comment keeps proxies from ending a quiet stream
const STILL_THERE = ':\n\n';

/** One subscription as a stream of server-sent events (graphql-sse, distinct connections): one response, one operation. */
export class EventStreamOutlet implements Outlet {
  constructor(private readonly response: ServerResponse) {
    response.setMaxListeners(0);
  }

  send(frames: readonly Frame[]): void {
    if (!this.response.writable) return;
    // JSON holds no line break, so a frame is one line
    this.response.write(Buffer.concat(frames.flatMap(({ payload }) => [NEXT, payload, END_OF_EVENT])));
  }

  get waiting(): number {
    return this.response.writableLength;
  }

  taken(patienceMs: number): Promise<boolean> {
    return takenFrom(this.response, patienceMs);
  }

  complete(): void {
    if (this.response.writable) this.response.end(COMPLETE);
  }

  fail(error: GraphQLError): void {
    this.send([new Frame({ errors: [error] })]);
    this.complete();
  }

  /** A stream that breaks off makes the client come back; one that is completed would not. */
  interrupt(): void {
    this.response.destroy();
  }

  keepAlive(): void {
    if (this.response.writable && !this.response.writableNeedDrain) this.response.write(STILL_THERE);
  }
}
