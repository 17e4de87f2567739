import { sealCursor, type EventFilter } from '@plaza/platform/events/cursor';
import type { EventBatch } from '@plaza/platform/events/feed';
import type { StoredEvent } from '@plaza/platform/events/read';
import type { Secrets } from '@plaza/platform/secrets';
import { Frame } from '../frame.js';
import type { Frames } from '../frames.js';

/** Frames, and how far in the log the reader is after them. */
export interface Chunk {
  frames: Frame[];
  position: number;
}

/** Turns what was read behind the position `after` into frames, in the order of the log. */
export type MakeFrames = (batch: EventBatch, after: number) => AsyncIterable<Chunk>;

/** How many payloads are fetched together when there is some catching up to do. */
const TOGETHER = 32;

/** Seals cursors for one tenant and one filter. */
export type CursorOf = (position: number, epoch: number) => string;

/** Which of the events are meant, among those of the right types and places. */
export type Matches = (event: StoredEvent) => boolean;

export const cursorsFor =
  (secrets: Secrets, tenantId: string, filter: EventFilter): CursorOf =>
  (position, epoch) =>
    sealCursor(secrets, { tenantId, position, epoch, filter });

/** Each event is a frame of its own. */
export function oneByOne(payloads: Frames, cursorOf: CursorOf, matches: Matches): MakeFrames {
  return async function* (batch) {
    const wanted = batch.events.filter(matches);
    if (wanted.length === 0) yield { frames: [], position: batch.position };
    for (let from = 0; from < wanted.length; from += TOGETHER) {
      const events = wanted.slice(from, from + TOGETHER);
      const cursors = events.map(({ position }) => cursorOf(position, batch.epoch));
      const results = await payloads.of(
        events.map(({ id, type, occurredAt, subjectId }, index) => ({
          eventId: id,
          type,
          occurredAt: occurredAt.toISOString(),
          cursor: cursors[index],
          subjectId,
        })),
      );
      const frames = results.flatMap((result, index) => {
        const position = events[index]?.position ?? batch.position;
        const extensions = { ...result?.extensions, cursor: cursors[index] };
        return result ? [new Frame({ ...result, extensions }, position - 1, position)] : [];
      });
      const isLast = from + TOGETHER >= wanted.length;
      yield { frames, position: isLast ? batch.position : (events.at(-1)?.position ?? batch.position) };
    }
  };
}

/** The events that were read together are one frame. */
export function allTogether(payloads: Frames, cursorOf: CursorOf, matches: Matches): MakeFrames {
  return async function* (batch, after) {
    const cursor = cursorOf(batch.position, batch.epoch);
    const [result] = await payloads.of([
      { cursor, caughtUp: batch.caughtUp, events: batch.events.filter(matches).map(asPayload) },
    ]);
    const extensions = { ...result?.extensions, cursor };
    const frames = result ? [new Frame({ ...result, extensions }, after, batch.position)] : [];
    yield { frames, position: batch.position };
  };
}

const asPayload = (event: StoredEvent) => ({
  ...event,
  occurredAt: event.occurredAt.toISOString(),
  recordedAt: event.recordedAt.toISOString(),
});
