/** A session that is not refreshed for so long ends by itself: 30 days, in milliseconds. */
export const SESSION_MS = 30 * 24 * 3_600_000;

/** What is kept of a session, as far as its life is concerned. */
export interface SessionLife {
  generation: number;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** When a session ends that is used now. */
export const sessionEnd = (now: Date): Date => new Date(now.getTime() + SESSION_MS);

/**
 * What a refresh token is worth. REUSED: it, or one made from it, was used before, so two parties hold tokens of this
 * session and one of them is not the user.
 */
export function judgeRefresh(
  session: SessionLife,
  generation: number,
  now: Date,
): 'GOOD' | 'ENDED' | 'REUSED' {
  if (session.revokedAt || session.expiresAt <= now) return 'ENDED';
  return session.generation === generation ? 'GOOD' : 'REUSED';
}
