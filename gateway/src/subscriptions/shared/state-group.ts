import { setTimeout as sleep } from 'node:timers/promises';
import type { Follower } from '@plaza/platform/events/feed';
import { EventsNotKept } from '@plaza/platform/events/read';
import type { Logger } from '@plaza/platform/server/logger';
import type { Frame } from '../frame.js';
import { dismiss, type Outlet } from '../outlet.js';
import { inTurns } from './in-turns.js';
import { SharedReading } from './shared-reading.js';

export interface StateGroupOptions {
  /** Tells of every change; begun before the state was read for the first time. */
  follower: Follower;
  /** The state as it is now; null where it does not exist for these viewers. */
  make: () => Promise<Frame | null>;
  /** The least time between two frames, in milliseconds. */
  throttleMs: number;
  /** The state is also told again after so long without a change, in milliseconds. */
  everyMs: number | undefined;
  /** How long a subscriber may take nothing of what waits for it, in milliseconds. */
  stalledMs: number;
  logger: Logger;
  /** Called when the last member has left. */
  onEmpty: () => void;
}

/** A state and the number of its reading: a later one is newer. */
interface State {
  /** One. All members are told this very list, so that what it is made into is made once. */
  frames: readonly Frame[];
  number: number;
}

interface Member {
  outlet: Outlet;
  /** The number of the state that it was told last; 0: it waits for its first one; GONE: it needs no other. */
  told: number;
  /** A frame was left out, because earlier ones still wait for the client. */
  behind: boolean;
}

const GONE = Number.POSITIVE_INFINITY;
/** A subscriber with more waiting bytes than this gets no frame until it has taken them: then the newest. */
const BUSY_BYTES = 64 * 1024;
const RETRY_MS = 250;

/**
 * One execution for all who watch the same state with the same operation: the first frame as it is, then a frame when
 * something has changed, always of the newest state. Changes that come faster than the throttle lets them pass, or than
 * a client takes frames, are one.
 */
export class StateGroup {
  private readonly members = new Set<Member>();
  private readonly stopped = new AbortController();
  private lastFrameAt = 0;
  private readings = 0;
  private newest: State | undefined;
  private pending: Promise<IteratorResult<unknown>> | undefined;
  private readonly state: SharedReading<State | null>;

  constructor(private readonly options: StateGroupOptions) {
    this.state = new SharedReading(async () => {
      this.lastFrameAt = Date.now();
      const number = (this.readings += 1);
      // before the state is read: what is skipped here is in it
      options.follower.skipToNewest();
      const frame = await options.make();
      return frame && { frames: [frame], number };
    });
    void this.run();
  }

  /** True when the last member has left: nobody can join any more. */
  get ended(): boolean {
    return this.stopped.signal.aborted;
  }

  /**
   * Sends `outlet` the present state and then every newer one. Resolves to what ends that, or to null when there is no
   * such state. Rejects when it can't be read.
   */
  async join(outlet: Outlet): Promise<(() => void) | null> {
    const member: Member = { outlet, told: 0, behind: false };
    this.members.add(member);
    try {
      const state = await this.state.get();
      if (!state) {
        this.leave(member);
        return null;
      }
      show(member, state);
      return () => this.leave(member);
    } catch (error) {
      this.leave(member);
      throw error;
    }
  }

  private leave(member: Member): void {
    member.told = GONE;
    if (!this.members.delete(member) || this.members.size > 0) return;
    this.stopped.abort();
    void this.options.follower.return();
    this.options.onEmpty();
  }

  private async run(): Promise<void> {
    let telling = Promise.resolve();
    while (await this.changed()) {
      const wait = this.lastFrameAt + this.options.throttleMs - Date.now();
      if (wait > 0) await sleep(wait, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      if (this.ended) return;
      try {
        // the next state is read while the members are still being told this one
        const state = await this.state.get();
        await telling;
        if (state) telling = this.tell(state);
      } catch (error) {
        for (const { outlet } of [...this.members]) dismiss(outlet, error, this.options.logger);
        return;
      }
    }
    await telling;
    for (const { outlet } of [...this.members]) outlet.complete();
  }

  /** Resolves to true when the state is to be told again, to false at the end. */
  private async changed(): Promise<boolean> {
    const { follower, everyMs, logger } = this.options;
    for (;;) {
      this.pending ??= follower.next();
      try {
        const next = await (everyMs === undefined ? this.pending : within(this.pending, everyMs));
        if (next === LATE) return true;
        this.pending = undefined;
        return !next.done;
      } catch (error) {
        this.pending = undefined;
        if (error instanceof EventsNotKept) {
          // what happened in between is in the state
          follower.skipToNewest();
          return true;
        }
        logger.warn({ error }, 'the event log could not be read; trying again');
        await sleep(RETRY_MS);
      }
    }
  }

  private tell(state: State): Promise<void> {
    this.newest = state;
    this.lastFrameAt = Date.now();
    return inTurns(this.members, (member) => {
      if (member.told === 0 || member.told >= state.number || member.behind) return;
      if (member.outlet.waiting < BUSY_BYTES) show(member, state);
      else void this.later(member);
    });
  }

  private async later(member: Member): Promise<void> {
    member.behind = true;
    if (!(await member.outlet.taken(this.options.stalledMs)))
      return member.outlet.interrupt('This client is too slow: connect again.');
    member.behind = false;
    if (this.newest && this.newest.number > member.told) show(member, this.newest);
  }
}

function show(member: Member, { frames, number }: State): void {
  member.told = number;
  member.outlet.send(frames);
}

const LATE = Symbol('late');

async function within<Value>(value: Promise<Value>, milliseconds: number): Promise<Value | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, milliseconds, LATE);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
