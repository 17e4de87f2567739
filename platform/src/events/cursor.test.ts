import { newId } from '../ids.js';
import { Secrets } from '../secrets.js';
import { openCursor, sealCursor } from './cursor.js';

const secrets = new Secrets('a secret of a deployment, long enough');
const tenantId = newId();
const head = { position: 100, epoch: 1 };
const cursor = sealCursor(secrets, { tenantId, position: 42, epoch: 1 });
const refused = expect.objectContaining({
  code: 'BAD_USER_INPUT',
  extensions: expect.objectContaining({ field: 'after' }),
});

describe('a cursor', () => {
  test('opens to the position it was sealed with', () => {
    expect(openCursor(secrets, cursor, tenantId, head)).toBe(42);
  });

  test('is refused when any one character of it is changed', () => {
    for (let index = 0; index < cursor.length; index += 1) {
      const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
      expect(() => openCursor(secrets, changed, tenantId, head)).toThrow(refused);
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
    expect(() => openCursor(secrets, text, tenantId, head)).toThrow(refused);
  });

  test("is refused in another tenant's log", () => {
    expect(() => openCursor(secrets, cursor, newId(), head)).toThrow(refused);
  });

  test('is refused when another deployment sealed it', () => {
    const foreign = sealCursor(new Secrets('another secret of a deployment, also long'), {
      tenantId,
      position: 42,
      epoch: 1,
    });
    expect(() => openCursor(secrets, foreign, tenantId, head)).toThrow(refused);
  });

  test.each([
    ['the positions were given out anew', { position: 100, epoch: 2 }],
    ['the log ends before it', { position: 41, epoch: 1 }],
  ])('is expired when %s, and the oldest one that works is told', (_reason, now) => {
    let oldest = '';
    try {
      openCursor(secrets, cursor, tenantId, now);
    } catch (error) {
      const { code, extensions } = error as { code: string; extensions: { oldest: string } };
      expect(code).toBe('CURSOR_EXPIRED');
      oldest = extensions.oldest;
    }
    expect(openCursor(secrets, oldest, tenantId, now)).toBe(0);
  });
});
