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
import { signedHeaders, type SigningSecret } from '../domain/signing-secret.js';
import { openSecret } from '../use-cases/signing-secrets.js';
import type { WebhookSender } from './webhook-sender.js';

export interface DeliveryContext {
  database: Database;
  clock: Clock;
  secrets: Secrets;
  logger: Logger;
  settings: WebhookSettings;
  sender: WebhookSender;
}

/** Makes one attempt of a delivery that was claimed, and writes down what came of it. */
export async function attemptDelivery(
  on: DeliveryContext,
  claimed: ClaimedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { tenantId } = claimed;
  const startedAt = on.clock.now();
  const { outgoing, secrets } = await on.database.read({ tenantId }, (tx) =>
    prepare(on, tx, claimed.id, startedAt),
  );
  const headers = signedHeaders(secrets, outgoing.eventId, startedAt, outgoing.body);
  const answer = await on.sender.send(outgoing.url, headers, outgoing.body, signal);
  if (signal.aborted && answer.failure) {
    await on.database.write({ tenantId }, (tx) => returnDelivery(tx, claimed));
    return;
  }
  const endedAt = on.clock.now();
  const result = { ...answer, retryAfterSeconds: retryAfterSeconds(answer.retryAfter, endedAt) };
  const attempt: FinishedAttempt = {
    deliveryId: claimed.id,
    number: claimed.attempt,
    startedAt,
    endedAt,
    responseStatus: answer.responseStatus,
    failure: answer.failure,
    verdict: judge(result, claimed.attempt, on.settings.schedule, endedAt, Math.random()),
  };
  await on.database.write({ tenantId }, (tx) => record(on, tx, outgoing, attempt));
}

async function prepare(
  on: DeliveryContext,
  tx: Transaction,
  deliveryId: string,
  at: Date,
): Promise<{ outgoing: OutgoingDelivery; secrets: SigningSecret[] }> {
  const outgoing = await findOutgoing(tx, deliveryId);
  const rows = await findValidSecrets(tx, [outgoing.endpointId], at);
  return { outgoing, secrets: rows.map(({ sealed }) => openSecret(on.secrets, Buffer.from(sealed))) };
}

async function record(
  { settings, logger }: DeliveryContext,
  tx: Transaction,
  { endpointId, failingSince }: OutgoingDelivery,
  attempt: FinishedAttempt,
): Promise<void> {
  const { deliveryId, number, responseStatus, failure, endedAt } = attempt;
  await Promise.all([insertAttempt(tx, attempt), settleDelivery(tx, attempt)]);
  const result = { responseStatus, failure, retryAfterSeconds: null };
  logger.debug({ deliveryId, endpointId, attempt: number, responseStatus, failure }, 'webhook attempted');
  if (isSuccess(result)) {
    await noteWorking(tx, endpointId);
    return;
  }
  await noteFailing(tx, endpointId, attempt.startedAt);
  const gone = isGone(result);
  if (!gone && !hasFailedTooLong(failingSince, endedAt, settings.disableAfterDays)) return;
  const disabled = await disableEndpoint(tx, endpointId, gone ? 'GONE' : 'FAILING', endedAt);
  if (disabled > 0) logger.warn({ endpointId, gone }, 'webhook endpoint disabled');
}
