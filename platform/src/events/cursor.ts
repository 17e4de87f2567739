import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { badUserInput, cursorExpired, type PlazaError } from '../errors.js';
import type { Secrets } from '../secrets.js';
import type { LogHead } from './read.js';

/** Which of a tenant's events a reader asked for. What it may see besides is decided anew each time it comes. */
export interface EventFilter {
  /** Only events of these types, in whatever order; null: of all. */
  types: readonly string[] | null;
  /** Only events at this location; null: wherever they happened. */
  locationId: string | null;
  /** Only events that tell of this, as of one webhook endpoint; undefined: of whatever they tell. */
  about?: string | undefined;
}

/** A place in a tenant's log: right behind the event with this position, for a reader with this filter. */
export interface LogPlace {
  tenantId: string;
  position: number;
  epoch: number;
  filter: EventFilter;
}

const VERSION = 2;
const TENANT_AT = 1;
const EPOCH_AT = 17;
const POSITION_AT = 21;
const FILTER_AT = 29;
const FILTER_BYTES = 8;
const BODY_BYTES = FILTER_AT + FILTER_BYTES;
const SEAL_BYTES = 16;

// a reader seals a cursor for each event and keeps its filter as long as it reads
const fingerprints = new WeakMap<EventFilter, Buffer>();

function fingerprintOf(filter: EventFilter): Buffer {
  const known = fingerprints.get(filter);
  if (known) return known;
  const types = filter.types && [...new Set(filter.types)].sort();
  const narrowed = filter.about === undefined ? [] : [filter.about.toLowerCase()];
  const text = JSON.stringify([types, filter.locationId?.toLowerCase() ?? null, ...narrowed]);
  const made = createHash('sha256').update(text).digest().subarray(0, FILTER_BYTES);
  fingerprints.set(filter, made);
  return made;
}

const sealOf = (secrets: Secrets, body: Buffer): Buffer =>
  createHmac('sha256', secrets.key('cursor')).update(body).digest().subarray(0, SEAL_BYTES);

/** The opaque cursor of a place. The same in subscriptions and queries, so that with the same filter one resumes the other. */
export function sealCursor(secrets: Secrets, place: LogPlace): string {
  const body = Buffer.alloc(BODY_BYTES);
  body.writeUInt8(VERSION, 0);
  body.write(place.tenantId.replaceAll('-', ''), TENANT_AT, 'hex');
  body.writeUInt32BE(place.epoch, EPOCH_AT);
  body.writeBigUInt64BE(BigInt(place.position), POSITION_AT);
  fingerprintOf(place.filter).copy(body, FILTER_AT);
  return Buffer.concat([body, sealOf(secrets, body)]).toString('base64url');
}

/**
 * The position that a client's cursor stands for. Throws BAD_USER_INPUT (field `after`) for a text that Plaza did not
 * make, or made for another tenant or another filter; CURSOR_EXPIRED, with the oldest cursor that works, when events
 * behind it are no longer kept or when the log is no longer the one that the cursor was made from.
 */
export function openCursor(
  secrets: Secrets,
  cursor: string,
  reader: Pick<LogPlace, 'tenantId' | 'filter'>,
  head: LogHead,
): number {
  const bytes = Buffer.from(cursor, 'base64url');
  const body = bytes.subarray(0, BODY_BYTES);
  const genuine =
    bytes.length === BODY_BYTES + SEAL_BYTES &&
    // base64 has several spellings of the same bytes; only ours is a cursor
    bytes.toString('base64url') === cursor &&
    timingSafeEqual(bytes.subarray(BODY_BYTES), sealOf(secrets, body)) &&
    body.readUInt8(0) === VERSION;
  if (!genuine) throw badUserInput('after', 'This is not a cursor that Plaza made for you.');
  if (body.toString('hex', TENANT_AT, EPOCH_AT) !== reader.tenantId.replaceAll('-', '').toLowerCase()) {
    throw badUserInput('after', 'This cursor belongs to the log of another organization.');
  }
  if (!body.subarray(FILTER_AT).equals(fingerprintOf(reader.filter))) {
    throw badUserInput(
      'after',
      'This cursor was made for other events: other types, another location or endpoint. Ask for the same ones, or begin without it.',
    );
  }
  const position = Number(body.readBigUInt64BE(POSITION_AT));
  // a position beyond the end was given out by a log that has since been replaced by an older copy
  const replaced = body.readUInt32BE(EPOCH_AT) !== head.epoch || position > head.position;
  if (replaced || position < head.oldest) throw expiredCursor(secrets, reader, head);
  return position;
}

/** CURSOR_EXPIRED with the oldest cursor that this reader can go on from: what a client is told of EventsNotKept. */
export const expiredCursor = (
  secrets: Secrets,
  reader: Pick<LogPlace, 'tenantId' | 'filter'>,
  head: Pick<LogHead, 'epoch' | 'oldest'>,
): PlazaError => cursorExpired(sealCursor(secrets, { ...reader, position: head.oldest, epoch: head.epoch }));
