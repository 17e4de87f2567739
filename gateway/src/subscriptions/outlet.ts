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
  /** Resolves when the client has taken most of what waits, or is gone. */
  drained(): Promise<void>;
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

/** Resolves when the other end has taken most of what waits in the stream, or is gone. */
export function drainOf(stream: Writable): Promise<void> {
  if (!stream.writableNeedDrain || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}

/** Resolves to true when the client took what waited, to false when it has been stalled for too long. */
export async function taken(outlet: Outlet, patienceMs: number): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    late = setTimeout(resolve, patienceMs, false);
  });
  try {
    return await Promise.race([outlet.drained().then(() => true as const), patience]);
  } finally {
    clearTimeout(late);
  }
}

/** Ends what can't go on: with the error when the client can act on it; else the client is to come back and resume. */
export function dismiss(outlet: Outlet, error: unknown, logger: Logger): void {
  if (error instanceof GraphQLError && isPublicCode(error.extensions.code)) return outlet.fail(error);
  logger.warn({ error }, 'subscribers were sent away, to come back and resume');
  outlet.interrupt('Plaza could not read on: connect again.');
}
