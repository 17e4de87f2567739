import { type EventFilter, sealCursor } from '@plaza/platform/events/cursor';
import type { EventBatch, Follower } from '@plaza/platform/events/feed';
import type { StoredEvent } from '@plaza/platform/events/read';
import type { Secrets } from '@plaza/platform/secrets';
import type { ExecutionResult } from 'graphql';
import type { Frames, Reference } from './frames.js';
import { stream } from './stream.js';

/** How many payloads are fetched together when a client has some catching up to do. */
const TOGETHER = 32;

/**
 * Every event as a frame, none left out. The client sets the pace: the next events are fetched when it has taken the
 * earlier ones, and what waits for it waits in the log, not in memory.
 */
export function eventStream(
  follower: Follower,
  frames: Frames,
  secrets: Secrets,
  tenantId: string,
  filter: EventFilter,
): AsyncGenerator<ExecutionResult, void> {
  let waiting: Reference[] = [];
  let ready: ExecutionResult[] = [];

  const pull = async (): Promise<ExecutionResult | undefined> => {
    for (;;) {
      const frame = ready.shift();
      if (frame) return frame;
      if (waiting.length === 0) {
        const next = await follower.next();
        if (next.done) return undefined;
        waiting = next.value.events.map((event) => referenceOf(event, next.value));
      }
      const references = waiting.splice(0, TOGETHER);
      const made = await frames.of(references);
      ready = made.flatMap((result, index) =>
        result
          ? [{ ...result, extensions: { ...result.extensions, cursor: references[index]?.cursor } }]
          : [],
      );
    }
  };
  const referenceOf = (event: StoredEvent, { epoch }: EventBatch): Reference => ({
    eventId: event.id,
    type: event.type,
    occurredAt: event.occurredAt.toISOString(),
    cursor: sealCursor(secrets, { tenantId, position: event.position, epoch, filter }),
    subjectId: event.subjectId,
  });
  return stream(pull, () => void follower.return());
}
