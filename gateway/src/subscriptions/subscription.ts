import type { Viewer } from '@plaza/platform/viewer';
import type { EventSource } from './event-sources.js';
import type { Frames } from './frames.js';

/** One client's subscription, understood and allowed, before anything is read for it. */
export interface Subscription {
  /** Equal for subscriptions that may get the same frames. */
  key: string;
  source: EventSource;
  /** The field's arguments, with their defaults. */
  args: Record<string, unknown>;
  viewer: Viewer;
  /** What makes its payloads; asked for by the first of those who share them. */
  frames: () => Frames;
}
