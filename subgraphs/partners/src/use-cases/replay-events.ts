import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { type LogHead, readEvents, readHead } from '@plaza/platform/events/read';
import { newId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { lockEndpoint } from '../database/webhook-endpoint.queries.js';
import type { WebhookFeedRow } from '../database/webhook-feed.entity.js';
import { insertFeed } from '../database/webhook-feed.queries.js';
import { requireEventTypes, requireId } from './input.js';
import type { PartnersContext } from './partners-context.js';
import { endpointDisabled, type WebhookEndpointDisabled } from './send-test-event.js';

export interface Replay {
  endpointId: string;
  from: Date;
  to?: Date | null;
  types?: string[] | null;
}

export type ReplayEventsOutcome =
  { __typename: 'ReplayStarted'; replay: WebhookFeedRow } | WebhookEndpointDisabled;

/** Sends an endpoint once more what was recorded from one instant up to another (up to now unless told). */
export async function replayEvents(on: PartnersContext, input: Replay): Promise<ReplayEventsOutcome> {
  const viewer = requireScope(on.viewer, 'webhooks:write');
  const endpointId = requireId('Webhook endpoint', input.endpointId);
  const types = input.types ? requireEventTypes(viewer, input.types, 'types') : null;
  const to = input.to ?? on.clock.now();
  if (input.from >= to) throw badUserInput('from', 'A replay ends after it begins.');
  return on.database.write(viewer, async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId);
    if (!endpoint) throw notFound('Webhook endpoint');
    if (endpoint.status === 'DISABLED') return endpointDisabled(endpoint);
    const head = await readHead(tx, viewer.tenantId);
    const [position, untilPosition] = [
      await lastPositionBefore(tx, viewer.tenantId, input.from, head),
      await lastPositionBefore(tx, viewer.tenantId, to, head),
    ];
    const createdAt = on.clock.now();
    const replay = await insertFeed(tx, {
      id: newId(),
      endpointId,
      position,
      untilPosition,
      eventTypes: types,
      replayedFrom: input.from,
      replayedTo: to,
      createdAt,
      // nothing happened in that time
      completedAt: position === untilPosition ? createdAt : null,
    });
    return { __typename: 'ReplayStarted', replay };
  });
}

/**
 * The last position whose event was recorded before an instant; where the log begins when there is none. Positions are given in the order
 * in which events were recorded, but for transactions that ran at the same moment, and without a gap: so halving works.
 */
async function lastPositionBefore(
  tx: Transaction,
  tenantId: string,
  at: Date,
  head: LogHead,
): Promise<number> {
  let [before, after] = [head.oldest, head.position + 1];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const [event] = await readEvents(tx, { tenantId, after: middle - 1, first: 1, upTo: middle });
    if (!event || event.recordedAt < at) before = middle;
    else after = middle;
  }
  return before;
}
