import type { Writable } from 'node:stream';
import type { Logger } from '@plaza/platform/server/logger';
import { isPublicCode } from '@plaza/platform/server/mask-error';
import { GraphQLError } from 'graphql';
import type { Frame } from './frame.js';

/** The way to one subscriber: a subscription on a websocket, or a stream of server-sent events. */
export interface Outlet {
  /** Sends frames in their order, at once; never waits and never throws. */
  send(frames: readonly Frame[]): void;
  /** How many bytes wait for the client to take them. */
  readonly waiting: number;
  /**
   * Resolves to true when the client has taken what waits, or is gone; to false when it takes nothing of it for so many
   * milliseconds.
   */
  taken(patienceMs: number): Promise<boolean>;
  /** Nothing more will come. */
  complete(): void;
  /** Nothing more will come, because of this. */
  fail(error: GraphQLError): void;
  /** Sends the client away; it comes back by itself and resumes from its cursor. */
  interrupt(reason: string): void;
}

/** Above this many waiting bytes a subscriber is no longer pushed to: it reads on from the log at its own pace. */
export const FULL_BYTES = 256 * 1024;
/** A subscriber that takes nothing for so long is sent away, unless told. */
export const STALLED_MS = 20_000;

/** A stream to a socket: its timeout counts from when it last carried something, in either direction. */
export type SocketStream = Writable & { setTimeout(milliseconds: number): unknown };

/** What is waited for on a stream: the timeout of a second wait would begin that of the first one anew. */
const awaited = new WeakMap<SocketStream, Promise<boolean>>();

/** Resolves to true when the other end has taken what waits, or is gone; to false when it takes nothing for so long. */
export async function takenFrom(stream: SocketStream, patienceMs: number): Promise<boolean> {
  if (!stream.writableNeedDrain || stream.destroyed) return true;
  let taken = awaited.get(stream);
  if (!taken) {
    taken = drained(stream, patienceMs).finally(() => awaited.delete(stream));
    awaited.set(stream, taken);
  }
  return taken;
}

function drained(stream: SocketStream, patienceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (answer: boolean) => {
      stream.off('drain', done).off('close', done).off('timeout', stalled);
      stream.setTimeout(0);
      resolve(answer);
    };
    const done = () => settle(true);
    const stalled = () => settle(false);
    stream.on('drain', done).on('close', done).on('timeout', stalled);
    stream.setTimeout(patienceMs);
  });
}

/** Ends what can't go on: with the error when the client can act on it; else the client is to come back and resume. */
export function dismiss(outlet: Outlet, error: unknown, logger: Logger): void {
  if (error instanceof GraphQLError && isPublicCode(error.extensions.code)) return outlet.fail(error);
  logger.warn({ error }, 'subscribers were sent away, to come back and resume');
  outlet.interrupt('Plaza could not read on: connect again.');
}
