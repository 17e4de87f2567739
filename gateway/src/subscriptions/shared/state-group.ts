import { setTimeout as sleep } from 'node:timers/promises';
import type { Follower } from '@plaza/platform/events/feed';
import { EventsNotKept } from '@plaza/platform/events/read';
import type { Logger } from '@plaza/platform/server/logger';
import type { Frame } from '../frame.js';
import { dismiss, taken, type Outlet } from '../outlet.js';
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

interface Member {
  outlet: Outlet;
  /** Has its first frame. */
  begun: boolean;
  /** A frame was left out, because earlier ones still wait for the client. */
  behind: boolean;
}

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
  private newest: Frame | undefined;
  private pending: Promise<IteratorResult<unknown>> | undefined;
  private readonly state: SharedReading<Frame | null>;

  constructor(private readonly options: StateGroupOptions) {
    this.state = new SharedReading(() => {
      this.lastFrameAt = Date.now();
      // before the state is read: what is skipped here is in it
      options.follower.skipToNewest();
      return options.make();
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
    const member: Member = { outlet, begun: false, behind: false };
    this.members.add(member);
    try {
      const frame = await this.state.get();
      if (!frame) {
        this.leave(member);
        return null;
      }
      member.begun = true;
      outlet.send([frame]);
      return () => this.leave(member);
    } catch (error) {
      this.leave(member);
      throw error;
    }
  }

  private leave(member: Member): void {
    if (!this.members.delete(member) || this.members.size > 0) return;
    this.stopped.abort();
    void this.options.follower.return();
    this.options.onEmpty();
  }

  private async run(): Promise<void> {
    while (await this.changed()) {
      const wait = this.lastFrameAt + this.options.throttleMs - Date.now();
      if (wait > 0) await sleep(wait, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      if (this.ended) return;
      try {
        const frame = await this.state.get();
        if (frame) this.tell(frame);
      } catch (error) {
        for (const { outlet } of [...this.members]) dismiss(outlet, error, this.options.logger);
        return;
      }
    }
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

  private tell(frame: Frame): void {
    this.newest = frame;
    for (const member of this.members) {
      if (!member.begun || member.behind) continue;
      if (member.outlet.waiting < BUSY_BYTES) member.outlet.send([frame]);
      else void this.later(member);
    }
  }

  private async later(member: Member): Promise<void> {
    member.behind = true;
    if (!(await taken(member.outlet, this.options.stalledMs)))
      return member.outlet.interrupt('This client is too slow: connect again.');
    member.behind = false;
    if (this.newest && this.members.has(member)) member.outlet.send([this.newest]);
  }
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
