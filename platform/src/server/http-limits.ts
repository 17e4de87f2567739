/** What a request may cost before anybody looks at its content. */
export const LIMITS = {
  /** The largest body, in bytes. A longer one is answered with 413. */
  bodyBytes: 1024 * 1024,
  /** How much of an oversized body is still read, and for how long, so that its sender gets the answer. */
  discardedBytes: 64 * 1024 * 1024,
  discardMilliseconds: 5000,
  /** How long a client may take to send its request. */
  requestMilliseconds: 30_000,
  /** How long an idle connection stays open: longer than a usual load balancer's 60 s, so that it closes first. */
  keepAliveMilliseconds: 65_000,
} as const;
