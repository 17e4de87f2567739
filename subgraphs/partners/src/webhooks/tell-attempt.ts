import type { Transaction } from '@plaza/platform/database/transaction';
import { appendEvent } from '@plaza/platform/events/append';
import type { FinishedAttempt, OutgoingDelivery } from '../database/outbox.queries.js';

/** Tells the event log how an attempt ended, in the transaction that writes it down. */
export function tellAttempt(
  tx: Transaction,
  outgoing: OutgoingDelivery,
  attempt: FinishedAttempt,
): Promise<void> {
  const { responseStatus, failure, verdict, startedAt, endedAt } = attempt;
  const attempted = {
    deliveryId: outgoing.id,
    endpointId: outgoing.endpointId,
    eventId: outgoing.eventId,
    eventType: outgoing.eventType,
    attempt: attempt.number,
    durationMs: endedAt.getTime() - startedAt.getTime(),
    responseStatus,
  };
  const about = {
    subject: { type: 'WebhookDelivery', id: outgoing.id },
    locationId: outgoing.locationId,
    occurredAt: endedAt,
  };
  if (verdict.status === 'DELIVERED') {
    return appendEvent(tx, { type: 'webhook.delivered', ...about, data: attempted });
  }
  const { nextAttemptAt } = verdict;
  return appendEvent(tx, {
    type: 'webhook.failed',
    ...about,
    data: { ...attempted, failure, nextAttemptAt },
  });
}
