import { judgeRefresh, sessionEnd } from './session.js';

const now = new Date('2026-03-01T12:00:00Z');
const session = { generation: 3, expiresAt: sessionEnd(now), revokedAt: null };

test('only the newest token of a living session is good', () => {
  expect(judgeRefresh(session, 3, now)).toBe('GOOD');
  expect(judgeRefresh(session, 2, now)).toBe('REUSED');
  expect(judgeRefresh(session, 4, now)).toBe('REUSED');
});

test('a revoked session and one left alone for thirty days have ended', () => {
  expect(judgeRefresh({ ...session, revokedAt: now }, 3, now)).toBe('ENDED');
  expect(judgeRefresh(session, 3, new Date('2026-03-31T12:00:00Z'))).toBe('ENDED');
  expect(judgeRefresh(session, 3, new Date('2026-03-31T11:59:59Z'))).toBe('GOOD');
});
