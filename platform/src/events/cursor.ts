import { createHmac, timingSafeEqual } from 'node:crypto';
import { badUserInput, cursorExpired } from '../errors.js';
import type { Secrets } from '../secrets.js';
import type { LogHead } from './read.js';

/** A place in a tenant's log: right behind the event with this position. */
export interface LogPlace extends LogHead {
  tenantId: string;
}

const VERSION = 1;
const BODY_BYTES = 29;
const SEAL_BYTES = 16;

const sealOf = (secrets: Secrets, body: Buffer): Buffer =>
  createHmac('sha256', secrets.key('cursor')).update(body).digest().subarray(0, SEAL_BYTES);

/** The opaque cursor of a place. The same in subscriptions, webhooks and queries, so that one can resume another. */
export function sealCursor(secrets: Secrets, place: LogPlace): string {
  const body = Buffer.alloc(BODY_BYTES);
  body.writeUInt8(VERSION, 0);
  body.write(place.tenantId.replaceAll('-', ''), 1, 'hex');
  body.writeUInt32BE(place.epoch, 17);
  body.writeBigUInt64BE(BigInt(place.position), 21);
  return Buffer.concat([body, sealOf(secrets, body)]).toString('base64url');
}

/**
 * The position that a client's cursor stands for. Throws BAD_USER_INPUT (field `after`) for a text that Plaza did not
 * make for this tenant, CURSOR_EXPIRED when the log behind `head` is no longer the one the cursor was made from.
 */
export function openCursor(secrets: Secrets, cursor: string, tenantId: string, head: LogHead): number {
  const bytes = Buffer.from(cursor, 'base64url');
  const body = bytes.subarray(0, BODY_BYTES);
  const genuine =
    bytes.length === BODY_BYTES + SEAL_BYTES &&
    // base64 has several spellings of the same bytes; only ours is a cursor
    bytes.toString('base64url') === cursor &&
    timingSafeEqual(bytes.subarray(BODY_BYTES), sealOf(secrets, body)) &&
    body.readUInt8(0) === VERSION &&
    body.toString('hex', 1, 17) === tenantId.replaceAll('-', '').toLowerCase();
  if (!genuine) throw badUserInput('after', 'This is not a cursor of yours.');
  const position = Number(body.readBigUInt64BE(21));
  // a position beyond the end was given out by a log that has since been replaced by an older copy
  if (body.readUInt32BE(17) !== head.epoch || position > head.position) {
    throw cursorExpired(sealCursor(secrets, { tenantId, position: 0, epoch: head.epoch }));
  }
  return position;
}
