/** What this subgraph needs to know of an event in the log. */
export interface LoggedEvent {
  id: string;
  position: number;
  type: string;
  version: number;
  subjectType: string;
  subjectId: string;
  locationId: string | null;
  occurredAt: Date;
  data: Record<string, unknown>;
}

/** An endpoint's wishes, or those of a replay for it. */
export interface Subscription {
  endpointId: string;
  eventTypes: readonly string[];
  /** A replay's choice among them; null: all. */
  onlyTypes: readonly string[] | null;
  /** The locations whose events may be told; null: all, and what belongs to no location. */
  locationIds: readonly string[] | null;
}

/** An endpoint hears its own test events whatever it subscribed to, and nobody else's. */
export const TEST_EVENT = 'webhook.test';

/** An attempt to deliver is itself an event: were it delivered too, there would be no end of it. */
export const isToldByWebhooks = (type: string): boolean => !type.startsWith('webhook.');

/** Whether the event is to be delivered to the subscription's endpoint. */
export function isWanted(
  event: LoggedEvent,
  { endpointId, eventTypes, onlyTypes, locationIds }: Subscription,
): boolean {
  if (event.type === TEST_EVENT) return event.subjectId === endpointId;
  if (!eventTypes.includes(event.type) || !isToldByWebhooks(event.type)) return false;
  if (onlyTypes && !onlyTypes.includes(event.type)) return false;
  return locationIds === null || (event.locationId !== null && locationIds.includes(event.locationId));
}

/** The body of a webhook: the event as JSON, the same bytes in every attempt. */
export function webhookBody(event: LoggedEvent): string {
  return JSON.stringify({
    id: event.id,
    type: event.type,
    version: event.version,
    occurredAt: event.occurredAt.toISOString(),
    position: event.position,
    subject: { type: event.subjectType, id: event.subjectId },
    locationId: event.locationId,
    data: event.data,
  });
}
