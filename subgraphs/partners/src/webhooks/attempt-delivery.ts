import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Secrets } from '@plaza/platform/secrets';
import type { Logger } from 'pino';
import type { WebhookSettings } from '../config.js';
import {
  type ClaimedDelivery,
  findOutgoing,
  type FinishedAttempt,
  insertAttempt,
  noteFailing,
  noteWorking,
  type OutgoingDelivery,
  returnDelivery,
  settleDelivery,
} from '../database/outbox.queries.js';
import { disableEndpoint, findValidSecrets } from '../database/webhook-endpoint.queries.js';
import { hasFailedTooLong, isGone, isSuccess, judge } from '../domain/attempt.js';
import { retryAfterSeconds } from '../domain/retry-schedule.js';
import { signedHeaders } from '../domain/signing-secret.js';
import { openSecret } from '../use-cases/signing-secrets.js';
import { tellAttempt } from './tell-attempt.js';
import type { WebhookSender } from './webhook-sender.js';

export interface DeliveryContext {
  database: Database;
  clock: Clock;
  secrets: Secrets;
  logger: Logger;
  settings: WebhookSettings;
  sender: WebhookSender;
}

/** A delivery under a lease, with all that its attempt needs. */
export interface PreparedDelivery extends ClaimedDelivery {
  outgoing: OutgoingDelivery;
  /** The sealed secrets that sign it, the newest first. */
  sealed: Buffer[];
}

/** Reads what the attempts of one tenant's claimed deliveries need. */
export async function prepareDeliveries(
  on: DeliveryContext,
  tenantId: string,
  claimed: readonly ClaimedDelivery[],
): Promise<PreparedDelivery[]> {
  const ids = claimed.map(({ id }) => id);
  return on.database.read({ tenantId }, async (tx) => {
    const found = new Map((await findOutgoing(tx, ids)).map((outgoing) => [outgoing.id, outgoing]));
    const endpointIds = [...new Set([...found.values()].map(({ endpointId }) => endpointId))];
    const secrets = await findValidSecrets(tx, endpointIds, on.clock.now());
    return claimed.flatMap((delivery) => {
      const outgoing = found.get(delivery.id);
      if (!outgoing) return [];
      const own = secrets.filter(({ endpointId }) => endpointId === outgoing.endpointId);
      return [{ ...delivery, outgoing, sealed: own.map(({ sealed }) => Buffer.from(sealed)) }];
    });
  });
}

/** Makes one attempt of a delivery and writes down what came of it. */
export async function attemptDelivery(
  on: DeliveryContext,
  prepared: PreparedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { tenantId, outgoing } = prepared;
  const startedAt = on.clock.now();
  const secrets = prepared.sealed.map((sealed) => openSecret(on.secrets, sealed));
  const headers = signedHeaders(secrets, outgoing.eventId, startedAt, outgoing.body);
  const answer = await on.sender.send(outgoing.url, headers, outgoing.body, signal);
  if (signal.aborted && answer.failure) {
    await on.database.write({ tenantId }, (tx) => returnDelivery(tx, prepared));
    return;
  }
  const endedAt = on.clock.now();
  const result = { ...answer, retryAfterSeconds: retryAfterSeconds(answer.retryAfter, endedAt) };
  const attempt: FinishedAttempt = {
    deliveryId: prepared.id,
    number: prepared.attempt,
    startedAt,
    endedAt,
    responseStatus: answer.responseStatus,
    failure: answer.failure,
    verdict: judge(result, prepared.attempt, on.settings.schedule, endedAt, Math.random()),
  };
  await on.database.write({ tenantId }, (tx) => record(on, tx, outgoing, attempt));
}

async function record(
  { settings, logger }: DeliveryContext,
  tx: Transaction,
  outgoing: OutgoingDelivery,
  attempt: FinishedAttempt,
): Promise<void> {
  const { endpointId, failingSince } = outgoing;
  const { deliveryId, number, responseStatus, failure, endedAt } = attempt;
  const result = { responseStatus, failure, retryAfterSeconds: null };
  logger.debug({ deliveryId, endpointId, attempt: number, responseStatus, failure }, 'webhook attempted');
  const written: Promise<unknown>[] = [
    insertAttempt(tx, attempt),
    settleDelivery(tx, attempt),
    tellAttempt(tx, outgoing, attempt),
  ];
  if (isSuccess(result)) {
    if (failingSince) written.push(noteWorking(tx, endpointId));
    await Promise.all(written);
    return;
  }
  await Promise.all([...written, noteFailing(tx, endpointId, attempt.startedAt)]);
  const gone = isGone(result);
  if (!gone && !hasFailedTooLong(failingSince, endedAt, settings.disableAfterDays)) return;
  const disabled = await disableEndpoint(tx, endpointId, gone ? 'GONE' : 'FAILING', endedAt);
  if (disabled > 0) logger.warn({ endpointId, gone }, 'webhook endpoint disabled');
}
