import { badUserInput, notFound } from '@plaza/platform/errors';
import { expiredCursor, openCursor, type EventFilter } from '@plaza/platform/events/cursor';
import type { EventBatch, EventFeed } from '@plaza/platform/events/feed';
import type { LogHead, StoredEvent } from '@plaza/platform/events/read';
import { readableTypes } from '@plaza/platform/events/readable-types';
import { isId } from '@plaza/platform/ids';
import type { Secrets } from '@plaza/platform/secrets';
import type { Logger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';
import { Frame } from '../frame.js';
import type { KnownThings } from '../known-things.js';
import type { Outlet } from '../outlet.js';
import type { Subscription } from '../subscription.js';
import { allTogether, cursorsFor, oneByOne } from './event-frames.js';
import { EventGroup, type EventGroupOptions } from './event-group.js';
import { SharedReading } from './shared-reading.js';
import { StateGroup } from './state-group.js';

export interface FollowedOptions {
  feed: EventFeed;
  secrets: Secrets;
  logger: Logger;
  known: KnownThings;
  throttleMs: number;
  /** How long a subscriber may take nothing of what waits for it. */
  stalledMs: number;
}

type EventsFollowed = EventGroupOptions['follow'];

const LONGEST_THROTTLE_MS = 60_000;
/** A new group begins so far back at most, for those who come after the first one; who is further behind reads alone. */
const FURTHEST_START = 1_000;

/** Everything that somebody follows now: one group for all who may share its frames. */
export class Followed {
  private readonly events = new Map<string, EventGroup>();
  private readonly states = new Map<string, Promise<StateGroup>>();
  private readonly heads = new Map<string, SharedReading<LogHead>>();

  constructor(private readonly options: FollowedOptions) {}

  /** How many executions there are for all subscriptions. */
  get size(): number {
    return this.events.size + this.states.size;
  }

  /** Begins to send. Resolves to what ends it. Rejects with an error for the client. */
  join(subscription: Subscription, outlet: Outlet): Promise<() => void> {
    return subscription.source.kind === 'LIVE'
      ? this.joinState(subscription, outlet)
      : this.joinEvents(subscription, outlet);
  }

  private async joinEvents(subscription: Subscription, outlet: Outlet): Promise<() => void> {
    const { key, args, viewer } = subscription;
    const { tenantId } = viewer;
    const locationId = locationAsked(subscription);
    const { asked, told } = typesOf(subscription);
    const filter: EventFilter = { types: asked, locationId: locationId ?? null, about: about(subscription) };
    const follow = { tenantId, types: told, locationIds: locationIds(viewer, locationId) };
    // who has a cursor was let in before: a cursor belongs to its filter
    if (!this.events.has(key) && typeof args.after !== 'string') await this.check(subscription, locationId);
    const head = await this.head(tenantId);
    const { position, greeting } = await this.placeOf(subscription, filter, follow, head);
    let group = this.events.get(key);
    if (!group) {
      const start = head.position - position <= FURTHEST_START ? position : head.position;
      const made = this.gather(subscription, filter, follow, start, () => {
        if (this.events.get(key) === made) this.events.delete(key);
      });
      this.events.set(key, (group = made));
    }
    return group.join(outlet, position, greeting);
  }

  /** Where the client begins. Of a batch subscription that has missed nothing, also a first batch that says so. */
  private async placeOf(
    { source, args }: Subscription,
    filter: EventFilter,
    follow: EventsFollowed,
    head: LogHead,
  ): Promise<{ position: number; greeting?: EventBatch }> {
    const { feed, secrets } = this.options;
    const { tenantId } = follow;
    const position =
      typeof args.after === 'string'
        ? openCursor(secrets, args.after, { tenantId, filter }, head)
        : head.position;
    if (source.kind !== 'BATCH') return { position };
    const missed =
      position < head.position
        ? await feed.read({ ...follow, after: position, first: 1, upTo: head.position })
        : [];
    if (missed.length > 0) return { position };
    const greeting = { events: [], position: head.position, epoch: head.epoch, caughtUp: true };
    return { position: head.position, greeting };
  }

  private gather(
    subscription: Subscription,
    filter: EventFilter,
    follow: EventsFollowed,
    start: number,
    onEmpty: () => void,
  ): EventGroup {
    const { feed, logger, secrets, stalledMs } = this.options;
    const { tenantId } = follow;
    const make = subscription.source.kind === 'BATCH' ? allTogether : oneByOne;
    return new EventGroup(
      {
        feed,
        logger,
        stalledMs,
        expired: ({ head }) => expiredCursor(secrets, { tenantId, filter }, head),
        follow,
        make: make(subscription.frames(), cursorsFor(secrets, tenantId, filter), matching(subscription)),
        onEmpty,
      },
      start,
    );
  }

  private async joinState(subscription: Subscription, outlet: Outlet): Promise<() => void> {
    const { key, source, args, viewer } = subscription;
    const missing = notFound(`The ${thingNamedBy(source.entity ?? '')}`);
    const locationId = locationAsked(subscription);
    const id = args[source.entity ?? ''];
    if (typeof id !== 'string' || !isId(id)) throw missing;
    const throttleMs = this.throttleOf(args.throttleMs);
    let group: StateGroup;
    do {
      let watching = this.states.get(key);
      if (!watching) {
        const made = this.watch(subscription, id, throttleMs, locationIds(viewer, locationId), () => {
          if (this.states.get(key) === made) this.states.delete(key);
        });
        made.catch(() => void (this.states.get(key) === made && this.states.delete(key)));
        this.states.set(key, (watching = made));
      }
      group = await watching;
      // its last member may have left while it was waited for
    } while (group.ended);
    const leave = await group.join(outlet);
    if (!leave) throw missing;
    return leave;
  }

  private async watch(
    { source, viewer, frames }: Subscription,
    id: string,
    throttleMs: number,
    locations: readonly string[] | null,
    onEmpty: () => void,
  ): Promise<StateGroup> {
    const { feed, logger, stalledMs } = this.options;
    const { tenantId } = viewer;
    // the log's end before the state is read: a change between the two is told again rather than missed
    const { position } = await this.head(tenantId);
    const payloads = frames();
    return new StateGroup({
      follower: feed.follow({ tenantId, types: source.types, locationIds: locations, after: position }),
      make: async () => {
        const [result] = await payloads.of([{ id }]);
        return result ? new Frame(result) : null;
      },
      throttleMs,
      stalledMs,
      everyMs: source.everySeconds === undefined ? undefined : source.everySeconds * 1_000,
      logger,
      onEmpty,
    });
  }

  private head(tenantId: string): Promise<LogHead> {
    let reading = this.heads.get(tenantId);
    if (!reading) {
      reading = new SharedReading(async () => {
        this.heads.delete(tenantId);
        return this.options.feed.head(tenantId);
      });
      this.heads.set(tenantId, reading);
    }
    return reading.get();
  }

  /** Throws NOT_FOUND when what the arguments name does not exist. */
  private async check(subscription: Subscription, locationId: string | undefined): Promise<void> {
    const { viewer, source } = subscription;
    const { known } = this.options;
    if (locationId && !(await known.isKnown(viewer, 'location', locationId))) throw notFound('The location');
    const wanted = about(subscription);
    if (wanted === undefined || source.matching === undefined || source.lookUp === undefined) return;
    if (!(await known.isKnown(viewer, source.lookUp, wanted)))
      throw notFound(`The ${thingNamedBy(source.matching)}`);
  }

  private throttleOf(asked: unknown): number {
    if (typeof asked !== 'number') return this.options.throttleMs;
    if (asked < 0 || asked > LONGEST_THROTTLE_MS)
      throw badUserInput('throttleMs', `It is from 0 to ${LONGEST_THROTTLE_MS} milliseconds.`);
    return asked;
  }
}

/** The location that the client asks for, if any. Throws NOT_FOUND for one that the viewer may not see. */
function locationAsked({ source, args, viewer }: Subscription): string | undefined {
  const asked = source.location === undefined ? undefined : args[source.location];
  if (typeof asked !== 'string') return undefined;
  const id = asked.toLowerCase();
  if (!isId(id) || (viewer.locationIds && !viewer.locationIds.includes(id))) throw notFound('The location');
  return id;
}

/** What an argument as `locationId` is the id of, in words for users. */
const thingNamedBy = (argument: string): string =>
  argument.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const locationIds = (viewer: Viewer, asked: string | undefined): readonly string[] | null =>
  asked === undefined ? viewer.locationIds : [asked];

/** What the client asks for, which is what its cursors are bound to, and what of that the viewer may be told. */
function typesOf({ source, args, viewer }: Subscription) {
  if (source.typesFrom === undefined) return { asked: source.types, told: source.types };
  const asked = (args[source.typesFrom] as string[] | null | undefined) ?? null;
  return { asked, told: readableTypes(viewer, asked, source.typesFrom) };
}

/** What all told events have to be about, as one webhook endpoint, if the client names it. */
function about({ source, args }: Subscription): string | undefined {
  const wanted = source.matching === undefined ? undefined : args[source.matching];
  return typeof wanted === 'string' ? wanted.toLowerCase() : undefined;
}

function matching(subscription: Subscription): (event: StoredEvent) => boolean {
  const wanted = about(subscription);
  const field = subscription.source.matching;
  return wanted === undefined || field === undefined ? () => true : ({ data }) => data[field] === wanted;
}
