import { setTimeout as sleep } from 'node:timers/promises';
import type { PlazaError } from '@plaza/platform/errors';
import type { EventBatch, EventFeed, Follower, FollowOptions } from '@plaza/platform/events/feed';
import { EventsNotKept } from '@plaza/platform/events/read';
import type { Logger } from '@plaza/platform/server/logger';
import type { Frame } from '../frame.js';
import { dismiss, type Outlet } from '../outlet.js';
import type { Chunk, MakeFrames } from './event-frames.js';
import { EventMember, type SharedEvents } from './event-member.js';
import { inTurns } from './in-turns.js';

export interface EventGroupOptions {
  feed: Pick<EventFeed, 'follow'>;
  /** Which events: the same for all members. */
  follow: Omit<FollowOptions, 'after' | 'signal'>;
  make: MakeFrames;
  /** What a client is told whose place in the log is no longer kept. */
  expired: (error: EventsNotKept) => PlazaError;
  /** How long a subscriber may take nothing of what waits for it, in milliseconds. */
  stalledMs: number;
  logger: Logger;
  /** Called when the last member has left. */
  onEmpty: () => void;
}

/** The newest frames are kept for those who come a little late, as all do after a restart. */
const KEPT_FRAMES = 512;
const RETRY_MS = 250;
const PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;

/**
 * One execution for all who follow the same events with the same operation. The group reads at the speed of the log. A
 * member that is behind, because it resumes or because its connection is slow, reads by itself until it has caught up.
 */
export class EventGroup implements SharedEvents {
  position: number;
  private keptAfter: number;
  private readonly kept: Frame[] = [];
  private readonly members = new Set<EventMember>();
  private readonly follower: Follower;

  /** @param start the position in the log behind which the group begins to read */
  constructor(
    private readonly options: EventGroupOptions,
    start: number,
  ) {
    this.position = this.keptAfter = start;
    this.follower = this.follow(start);
    void this.run();
  }

  /**
   * Sends `outlet` every event behind `position`, each once and in order. `greeting`, a batch without events, tells one
   * who has missed nothing where it stands. Returns what ends that.
   */
  join(outlet: Outlet, position: number, greeting?: EventBatch): () => void {
    const member = new EventMember(this, outlet, position, () => {
      this.members.delete(member);
      if (this.members.size > 0) return;
      void this.follower.return();
      this.options.onEmpty();
    });
    this.members.add(member);
    void member.begin(greeting);
    return () => member.leave();
  }

  get stalledMs(): number {
    return this.options.stalledMs;
  }

  follow(position: number): Follower {
    return this.options.feed.follow({ ...this.options.follow, after: position });
  }

  since(position: number): readonly Frame[] | undefined {
    if (position < this.keptAfter) return undefined;
    const first = this.kept.findIndex((frame) => frame.position > position);
    return first === -1 ? [] : this.kept.slice(first);
  }

  make(batch: EventBatch, after: number): AsyncIterable<Chunk> {
    return this.options.make(batch, after);
  }

  dismiss(outlet: Outlet, error: unknown): void {
    dismiss(
      outlet,
      error instanceof EventsNotKept ? this.options.expired(error) : error,
      this.options.logger,
    );
  }

  private async run(): Promise<void> {
    try {
      for (;;) {
        const next = await this.read();
        if (next.done) break;
        for await (const chunk of this.make(next.value, this.position)) {
          await this.hand(chunk);
          await this.pause();
        }
      }
      for (const member of [...this.members]) member.end();
    } catch (error) {
      for (const member of [...this.members]) member.fail(error);
    }
  }

  /** The database may be away for a while; nothing is lost meanwhile. */
  private async read(): Promise<IteratorResult<EventBatch>> {
    for (;;) {
      try {
        return await this.follower.next();
      } catch (error) {
        if (error instanceof EventsNotKept) throw error;
        this.options.logger.warn({ error }, 'the event log could not be read; trying again');
        await sleep(RETRY_MS);
      }
    }
  }

  /**
   * When there is more than the connections carry, most members would soon be reading by themselves, each for itself:
   * better that the group waits a moment. A few slow ones are not waited for.
   */
  private async pause(): Promise<void> {
    const until = Date.now() + LONGEST_PAUSE_MS;
    while (this.mostAreFull() && Date.now() < until) await sleep(PAUSE_MS);
  }

  private mostAreFull(): boolean {
    let full = 0;
    for (const member of this.members) if (member.full) full += 1;
    return full > this.members.size / 2;
  }

  private async hand({ frames, position }: Chunk): Promise<void> {
    this.kept.push(...frames);
    for (const dropped of this.kept.splice(0, Math.max(0, this.kept.length - KEPT_FRAMES)))
      this.keptAfter = dropped.position;
    this.position = position;
    await inTurns(this.members, (member) => member.take(frames, position));
  }
}
