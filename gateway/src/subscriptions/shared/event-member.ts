import type { EventBatch, Follower } from '@plaza/platform/events/feed';
import type { Frame } from '../frame.js';
import { FULL_BYTES, type Outlet } from '../outlet.js';
import type { Chunk } from './event-frames.js';

/** What a member needs of its group. */
export interface SharedEvents {
  /** Everything up to here was made into frames and handed to the members. */
  readonly position: number;
  /** How long a subscriber may take nothing of what waits for it, in milliseconds. */
  readonly stalledMs: number;
  /** The kept frames behind a position, or undefined when some of them are no longer kept. */
  since(position: number): readonly Frame[] | undefined;
  /** Turns what was read behind the position `after` into frames. */
  make(batch: EventBatch, after: number): AsyncIterable<Chunk>;
  /** A reader of a member's own, behind `position`. */
  follow(position: number): Follower;
  /** Tells a member why it can't be served any more. */
  dismiss(outlet: Outlet, error: unknown): void;
}

/** How many kept frames a member that catches up takes at once. */
const HANDFUL = 32;

/** One subscriber of a group of events: where it stands in the log, and whether it keeps up. */
export class EventMember {
  /** True while the group's frames go straight to the subscriber. */
  private live = false;
  /** True from when too much waited for the subscriber until it has caught up again. */
  full = false;
  private ended = false;
  private reader: Follower | undefined;

  constructor(
    private readonly group: SharedEvents,
    private readonly outlet: Outlet,
    private position: number,
    private readonly onLeave: () => void,
  ) {}

  /** What the group has just made. */
  take(frames: readonly Frame[], position: number): void {
    if (!this.live || position <= this.position) return;
    const first = frames[0];
    if (first && first.after < this.position && !this.isBehindAll(frames)) {
      // part of it was seen already: a frame of its own is needed
      this.live = false;
      void this.catchUp();
      return;
    }
    this.send(frames);
    this.position = position;
    if (this.outlet.waiting < FULL_BYTES) return;
    this.full = true;
    this.live = false;
    void this.catchUp();
  }

  /** Begins with the greeting, if there is one, and goes on with what was missed. */
  async begin(greeting: EventBatch | undefined): Promise<void> {
    try {
      if (greeting) {
        for await (const { frames } of this.group.make(greeting, this.position)) this.send(frames);
      }
    } catch (error) {
      this.fail(error);
    }
    await this.catchUp();
  }

  /** Reads on at the pace of the subscriber until it is where the group is. */
  private async catchUp(): Promise<void> {
    try {
      while (!this.ended && !this.live) {
        if (this.outlet.waiting > 0 && !(await this.outlet.taken(this.group.stalledMs)))
          return this.outlet.interrupt('This client is too slow: connect again and resume.');
        if (!this.takeKept()) await this.readOn();
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.closeReader();
    }
  }

  /** The subscriber is gone. */
  leave(): void {
    if (this.ended) return;
    this.ended = true;
    this.closeReader();
    this.onLeave();
  }

  /** The log has been closed. */
  end(): void {
    if (this.ended) return;
    this.leave();
    this.outlet.complete();
  }

  fail(error: unknown): void {
    if (this.ended) return;
    this.leave();
    this.group.dismiss(this.outlet, error);
  }

  private isBehindAll(frames: readonly Frame[]): boolean {
    return frames.every(({ after }) => after >= this.position);
  }

  private send(frames: readonly Frame[]): void {
    if (!this.ended && frames.length > 0) this.outlet.send(frames);
  }

  /** Takes what the group still has. False when that does not reach back far enough, or when a frame overlaps. */
  private takeKept(): boolean {
    const kept = this.group.since(this.position);
    if (!kept || (kept[0] && kept[0].after < this.position)) return false;
    // it would go on from where it stood before these
    this.closeReader();
    const some = kept.slice(0, HANDFUL);
    this.send(some);
    this.position = some.at(-1)?.position ?? this.position;
    if (some.length < kept.length) return true;
    // nothing was awaited since the kept frames were looked at: no frame of the group can be missed
    this.position = Math.max(this.position, this.group.position);
    this.live = true;
    this.full = false;
    return true;
  }

  private closeReader(): void {
    void this.reader?.return();
    this.reader = undefined;
  }

  private async readOn(): Promise<void> {
    this.reader ??= this.group.follow(this.position);
    const next = await this.reader.next();
    if (next.done) return;
    for await (const { frames, position } of this.group.make(next.value, this.position)) {
      this.send(frames);
      this.position = position;
    }
  }
}
