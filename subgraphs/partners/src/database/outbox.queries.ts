import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { AttemptFailure, Verdict } from '../domain/attempt.js';

/** A delivery that this process has taken under a lease. */
export interface ClaimedDelivery {
  id: string;
  tenantId: string;
  /** The number of the attempt that is now to be made; also the proof of the lease. */
  attempt: number;
}

/** What an attempt needs to know. */
export interface OutgoingDelivery {
  id: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  body: string;
  url: string;
  /** The location of an endpoint of one location; null for one of several or all. */
  locationId: string | null;
  failingSince: Date | null;
}

/** One finished attempt and what follows from it. */
export interface FinishedAttempt {
  deliveryId: string;
  number: number;
  startedAt: Date;
  endedAt: Date;
  responseStatus: number | null;
  failure: AttemptFailure | null;
  verdict: Verdict;
}

export const claimDeliveries = (
  tx: Transaction,
  at: Date,
  leaseUntil: Date,
  most: number,
  mostPerEndpoint: number,
): Promise<ClaimedDelivery[]> =>
  tx.rows(sql`select id, tenant_id as "tenantId", attempt
    from partners.claim_deliveries(${at}, ${leaseUntil}, ${most}, ${mostPerEndpoint})`);

export const findOutgoing = (tx: Transaction, ids: readonly string[]): Promise<OutgoingDelivery[]> =>
  tx.rows(sql`select d.id, d.endpoint_id as "endpointId", d.event_id as "eventId",
      d.event_type as "eventType", d.body, e.url,
      case when cardinality(e.location_ids) = 1 then e.location_ids[1] end as "locationId",
      e.failing_since as "failingSince"
    from partners.delivery d join partners.webhook_endpoint e on e.id = d.endpoint_id where d.id = any(${ids})`);

export const insertAttempt = (tx: Transaction, attempt: FinishedAttempt): Promise<number> =>
  tx.run(sql`insert into partners.delivery_attempt (delivery_id, number, started_at, duration_ms, response_status,
      failure)
    values (${attempt.deliveryId}, ${attempt.number}, ${attempt.startedAt},
      ${attempt.endedAt.getTime() - attempt.startedAt.getTime()}, ${attempt.responseStatus}, ${attempt.failure})`);

/** Writes the verdict, unless the lease ran out and somebody else has taken the delivery since. */
export const settleDelivery = (tx: Transaction, attempt: FinishedAttempt): Promise<number> => {
  const { verdict, endedAt } = attempt;
  const finishedAt = verdict.status === 'PENDING' ? null : endedAt;
  return tx.run(sql`update partners.delivery set status = ${verdict.status}, leased_until = null,
      next_attempt_at = ${verdict.nextAttemptAt}, response_status = ${attempt.responseStatus},
      finished_at = ${finishedAt}
    where id = ${attempt.deliveryId} and attempts = ${attempt.number} and status = 'PENDING'`);
};

/** Gives a delivery back untried, as when the process is being stopped. */
export const returnDelivery = (tx: Transaction, claimed: ClaimedDelivery): Promise<number> =>
  tx.run(sql`update partners.delivery set leased_until = null, attempts = attempts - 1
    where id = ${claimed.id} and attempts = ${claimed.attempt} and status = 'PENDING'`);

export const noteFailing = (tx: Transaction, endpointId: string, at: Date): Promise<number> =>
  tx.run(sql`update partners.webhook_endpoint set failing_since = ${at}
    where id = ${endpointId} and failing_since is null`);

export const noteWorking = (tx: Transaction, endpointId: string): Promise<number> =>
  tx.run(sql`update partners.webhook_endpoint set failing_since = null
    where id = ${endpointId} and failing_since is not null`);

export const forgetOldDeliveries = (tx: Transaction): Promise<number> =>
  tx.run(sql`select partners.forget_old_deliveries()`);
