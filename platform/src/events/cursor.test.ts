import { newId } from '../ids.js';
import { Secrets } from '../secrets.js';
import { type EventFilter, openCursor, sealCursor } from './cursor.js';

const secrets = new Secrets('a secret of a deployment, long enough');
const tenantId = newId();
const locationId = newId();
const filter: EventFilter = { types: ['ticket.entered', 'ticket.closed'], locationId };
const reader = { tenantId, filter };
const head = { position: 100, epoch: 1, oldest: 10 };
const place = { tenantId, position: 42, epoch: 1, filter };
const cursor = sealCursor(secrets, place);
const refused = (message = /./) =>
  expect.objectContaining({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
    extensions: expect.objectContaining({ field: 'after' }),
  });

describe('a cursor', () => {
  test('opens to the position it was sealed with', () => {
    expect(openCursor(secrets, cursor, reader, head)).toBe(42);
  });

  test('is refused when any one character of it is changed', () => {
    for (let index = 0; index < cursor.length; index += 1) {
      const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
      expect(() => openCursor(secrets, changed, reader, head)).toThrow(refused());
    }
  });

  test.each([
    '',
    'x',
    '42',
    `${cursor}A`,
    `${cursor}=`,
    ` ${cursor}`,
    cursor.slice(0, -1),
    '💥'.repeat(10_000),
  ])('is refused when it is not one of ours (%#)', (text) => {
    expect(() => openCursor(secrets, text, reader, head)).toThrow(refused(/not a cursor/));
  });

  test("is refused in another tenant's log", () => {
    expect(() => openCursor(secrets, cursor, { tenantId: newId(), filter }, head)).toThrow(
      refused(/another organization/),
    );
  });

  test.each<[string, EventFilter]>([
    ['other types', { types: ['ticket.entered'], locationId }],
    ['all types', { types: null, locationId }],
    ['no types', { types: [], locationId }],
    ['another location', { types: filter.types, locationId: newId() }],
    ['all locations', { types: filter.types, locationId: null }],
    ['one endpoint', { types: filter.types, locationId, about: newId() }],
  ])('is refused by a reader of %s', (_what, other) => {
    expect(() => openCursor(secrets, cursor, { tenantId, filter: other }, head)).toThrow(
      refused(/made for other events/),
    );
  });

  test('is good for the same filter, however it is written', () => {
    const same = {
      types: ['ticket.closed', 'ticket.entered', 'ticket.closed'],
      locationId: locationId.toUpperCase(),
    };
    expect(openCursor(secrets, cursor, { tenantId, filter: same }, head)).toBe(42);
  });

  test('is refused when another deployment sealed it', () => {
    const foreign = sealCursor(new Secrets('another secret of a deployment, also long'), place);
    expect(() => openCursor(secrets, foreign, reader, head)).toThrow(refused(/not a cursor/));
  });

  test('is good down to the oldest position that is kept', () => {
    expect(openCursor(secrets, cursor, reader, { ...head, oldest: 42 })).toBe(42);
  });

  test.each([
    ['the positions were given out anew', { ...head, epoch: 2 }],
    ['the log ends before it', { ...head, position: 41 }],
    ['events behind it are no longer kept', { ...head, oldest: 43 }],
  ])('is expired when %s, and the oldest one that works is told', (_reason, now) => {
    let oldest = '';
    try {
      openCursor(secrets, cursor, reader, now);
    } catch (error) {
      const { code, extensions } = error as { code: string; extensions: { oldestCursor: string } };
      expect(code).toBe('CURSOR_EXPIRED');
      oldest = extensions.oldestCursor;
    }
    expect(openCursor(secrets, oldest, reader, now)).toBe(now.oldest);
  });
});
