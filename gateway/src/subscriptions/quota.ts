import { rateLimited } from '@plaza/platform/errors';
import type { Viewer } from '@plaza/platform/viewer';

/** How many subscriptions may be open at once in one process. */
export interface SubscriptionQuotas {
  /** By one user or API key, over all its connections. */
  ofViewer: number;
  /** By all of one organization. */
  ofOrganization: number;
}

const RETRY_AFTER_SECONDS = 60;

/** Counts the open subscriptions of viewers and organizations. */
export class Quota {
  private readonly open = new Map<string, number>();

  constructor(private readonly quotas: SubscriptionQuotas) {}

  /** How many subscriptions are open. */
  get total(): number {
    let total = 0;
    for (const [key, count] of this.open) if (key.startsWith('viewer ')) total += count;
    return total;
  }

  /** Counts one more and returns what gives it back. Throws RATE_LIMITED when there are as many as may be. */
  take({ tenantId, id }: Viewer): () => void {
    const ofViewer = `viewer ${tenantId} ${id}`;
    const ofOrganization = `organization ${tenantId}`;
    this.check(ofViewer, this.quotas.ofViewer, 'You have');
    this.check(ofOrganization, this.quotas.ofOrganization, 'Your organization has');
    this.add(ofViewer, 1);
    this.add(ofOrganization, 1);
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      this.add(ofViewer, -1);
      this.add(ofOrganization, -1);
    };
  }

  private check(key: string, most: number, whose: string): void {
    if ((this.open.get(key) ?? 0) < most) return;
    throw rateLimited(whose, most, 'subscriptions', RETRY_AFTER_SECONDS);
  }

  private add(key: string, change: number): void {
    const count = (this.open.get(key) ?? 0) + change;
    if (count === 0) this.open.delete(key);
    else this.open.set(key, count);
  }
}
