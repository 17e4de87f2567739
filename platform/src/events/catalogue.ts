import {
  EXAMPLE_LOCATION,
  EXAMPLE_SPACE,
  EXAMPLE_TICKET,
  id,
  instant,
  type JsonSchema,
  money,
  nullable,
  payload,
  text,
  words,
} from './catalogue-schema.js';

/** What a subscriber may know about a type of event before the first one arrives. */
export interface EventType {
  /** The owner's noun and what happened to it: "ticket.entered". */
  name: EventTypeName;
  /** Raised when a reader of the data has to change. */
  version: number;
  description: string;
  /** JSON Schema (2020-12) of the event's data. New fields may come: ignore those you don't know. */
  schema: JsonSchema;
  /** Data of an event of this type. */
  example: Record<string, unknown>;
}

const space = {
  spaceId: id('The space.'),
  number: text('The number painted on it.'),
  locationId: id('Its location.'),
};
const spaceExample = { spaceId: EXAMPLE_SPACE, number: 'A-017', locationId: EXAMPLE_LOCATION };

const ticket = {
  ticketId: id('The ticket.'),
  code: text('The code printed on the ticket.'),
  locationId: id('The location.'),
  plate: text('The plate of the vehicle.'),
  status: words('The state of the ticket after the event.', 'OPEN', 'SETTLED', 'CLOSED', 'VOID', 'LOST'),
};
const ticketExample = {
  ticketId: EXAMPLE_TICKET,
  code: 'K7Q2-9XWM',
  locationId: EXAMPLE_LOCATION,
  plate: 'B-PL 1234',
};

const payment = {
  paymentId: id('The payment.'),
  ticketId: id('The ticket that is paid.'),
  locationId: id('The location.'),
  method: words('How it is paid.', 'CASH', 'CARD', 'DIGITAL'),
  amount: money('The amount.'),
  currencyCode: text('The currency, ISO 4217.'),
};
const paymentExample = {
  paymentId: '0198c0de-0000-7000-8000-000000000004',
  ticketId: EXAMPLE_TICKET,
  locationId: EXAMPLE_LOCATION,
  method: 'CARD',
  amount: '4.50',
  currencyCode: 'EUR',
};

const apiKey = {
  apiKeyId: id('The API key.'),
  partnerId: id('The partner it belongs to.'),
  name: text('The name it was given.'),
};
const apiKeyExample = {
  apiKeyId: '0198c0de-0000-7000-8000-000000000005',
  partnerId: '0198c0de-0000-7000-8000-000000000006',
  name: 'Gate controller',
};

const DEFINITIONS = {
  'location.created': payload(
    'A location was opened in Plaza.',
    {
      locationId: id('The location.'),
      name: text('Its name.'),
      timeZone: text('Its IANA time zone.'),
      currencyCode: text('The currency it charges in, ISO 4217.'),
    },
    { locationId: EXAMPLE_LOCATION, name: 'Harbour Garage', timeZone: 'Europe/Berlin', currencyCode: 'EUR' },
  ),
  'space.added': payload(
    'A space was added to a location.',
    { ...space, kind: text('What the space is for: CAR, MOTORCYCLE, TRUCK and so on.') },
    { ...spaceExample, kind: 'CAR' },
  ),
  'space.occupied': payload(
    'A stay began to occupy a space.',
    { ...space, ticketId: id('The ticket of the stay.') },
    { ...spaceExample, ticketId: EXAMPLE_TICKET },
  ),
  'space.freed': payload(
    'The stay in a space ended; the space can be taken again.',
    { ...space, ticketId: id('The ticket of the stay.') },
    { ...spaceExample, ticketId: EXAMPLE_TICKET },
  ),
  'space.taken_out_of_service': payload(
    'A space was blocked, for maintenance for example.',
    { ...space, reason: nullable(text('Why.')) },
    { ...spaceExample, reason: 'Resurfacing' },
  ),
  'space.returned_to_service': payload(
    'A blocked space can be taken again.',
    { ...space, reason: nullable(text('Why it had been blocked.')) },
    { ...spaceExample, reason: 'Resurfacing' },
  ),
  'ticket.entered': payload(
    'A vehicle entered and has a ticket.',
    {
      ...ticket,
      vehicleKind: text('The kind of vehicle.'),
      spaceId: id('The space it was given.'),
      enteredAt: instant('When it entered.'),
    },
    {
      ...ticketExample,
      status: 'OPEN',
      vehicleKind: 'CAR',
      spaceId: EXAMPLE_SPACE,
      enteredAt: '2026-11-22T08:30:00.000Z',
    },
  ),
  'ticket.settled': payload(
    'Nothing is due on a ticket any more; the vehicle may leave within the exit grace.',
    { ...ticket, settledAt: instant('When it was settled.') },
    { ...ticketExample, status: 'SETTLED', settledAt: '2026-11-22T10:05:00.000Z' },
  ),
  'ticket.closed': payload(
    'The vehicle left.',
    { ...ticket, exitedAt: instant('When it left.') },
    { ...ticketExample, status: 'CLOSED', exitedAt: '2026-11-22T10:12:00.000Z' },
  ),
  'ticket.voided': payload(
    'A ticket was cancelled; nothing is charged for it.',
    { ...ticket, reason: nullable(text('Why.')) },
    { ...ticketExample, status: 'VOID', reason: 'Entered by mistake' },
  ),
  'ticket.lost': payload('A driver reported the ticket lost.', ticket, { ...ticketExample, status: 'LOST' }),
  'payment.succeeded': payload('A payment was taken.', payment, paymentExample),
  'payment.declined': payload(
    'The payment provider declined a payment; nothing was taken.',
    { ...payment, reason: text('Why, as the provider says it.') },
    { ...paymentExample, reason: 'card_declined' },
  ),
  'payment.refunded': payload('A payment was given back, whole or in part.', payment, paymentExample),
  'tariff.published': payload(
    'A new version of a location’s tariff takes effect.',
    {
      tariffId: id('The version of the tariff.'),
      locationId: id('The location.'),
      version: { type: 'integer', description: 'Its number: 1, 2, 3... at each location.' },
      effectiveFrom: instant('From when it is charged.'),
    },
    {
      tariffId: '0198c0de-0000-7000-8000-000000000007',
      locationId: EXAMPLE_LOCATION,
      version: 3,
      effectiveFrom: '2026-12-01T00:00:00.000Z',
    },
  ),
  'api_key.created': payload('A partner got an API key.', apiKey, apiKeyExample),
  'api_key.revoked': payload('An API key stopped working.', apiKey, apiKeyExample),
  'webhook.test': payload(
    'Sent on request, to try out a webhook endpoint.',
    { endpointId: id('The endpoint that is tried out.') },
    { endpointId: '0198c0de-0000-7000-8000-000000000008' },
  ),
};

export type EventTypeName = keyof typeof DEFINITIONS;

/** Every type of event there is, with the contract of its data. */
export const EVENT_TYPES: readonly EventType[] = Object.entries(DEFINITIONS).map(([name, definition]) => ({
  name: name as EventTypeName,
  version: 1,
  ...definition,
}));

export const isEventType = (name: string): name is EventTypeName => Object.hasOwn(DEFINITIONS, name);
