import {
  currency,
  EXAMPLE_LOCATION,
  EXAMPLE_SPACE,
  EXAMPLE_TICKET,
  id,
  instant,
  integer,
  nullable,
  payload,
  shaped,
  text,
  words,
} from './catalogue-schema.js';
import { MONEY_DEFINITIONS } from './catalogue-money.js';

const space = {
  spaceId: id('The space.'),
  number: text('The number painted on it.'),
  locationId: id('Its location.'),
};
const spaceExample = { spaceId: EXAMPLE_SPACE, number: 'A-017', locationId: EXAMPLE_LOCATION };

const ticket = {
  ticketId: id('The ticket.'),
  code: shaped('The code printed on the ticket.', '^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$'),
  locationId: id('The location.'),
  plate: shaped(
    'The plate of the vehicle, in capitals without blanks or hyphens.',
    '^[\\p{L}\\p{M}\\p{Nd}]{1,16}$',
  ),
  status: words('The state of the ticket after the event.', 'OPEN', 'SETTLED', 'CLOSED', 'VOID', 'LOST'),
};
const ticketExample = {
  ticketId: EXAMPLE_TICKET,
  code: 'K7Q29-XWM4T',
  locationId: EXAMPLE_LOCATION,
  plate: 'BPL1234',
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

const attempt = {
  deliveryId: id('The delivery.'),
  endpointId: id('The endpoint it goes to.'),
  eventId: id('The event that is delivered; also the webhook-id.'),
  eventType: text('The type of that event.'),
  attempt: integer('The number of the attempt: 1 is the first.'),
  durationMs: integer('How long it took, in milliseconds.'),
};
const attemptExample = {
  deliveryId: '0198c0de-0000-7000-8000-000000000009',
  endpointId: '0198c0de-0000-7000-8000-000000000008',
  eventId: '0198c0de-0000-7000-8000-00000000000a',
  eventType: 'ticket.entered',
  attempt: 1,
  durationMs: 84,
};

/** What each type of event tells, by its name. */
export const DEFINITIONS = {
  'location.created': payload(
    'A location was opened in Plaza.',
    {
      locationId: id('The location.'),
      name: text('Its name.'),
      timeZone: text('Its IANA time zone.'),
      currencyCode: currency('The currency it charges in, ISO 4217.'),
    },
    { locationId: EXAMPLE_LOCATION, name: 'Harbour Garage', timeZone: 'Europe/Berlin', currencyCode: 'EUR' },
  ),
  'space.added': payload(
    'A space was added to a location.',
    {
      ...space,
      kind: words(
        'What the space is for.',
        'CAR',
        'MOTORCYCLE',
        'TRUCK',
        'ACCESSIBLE',
        'EV',
        'DESK',
        'ROOM',
        'TABLE',
      ),
    },
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
      vehicleKind: words('The kind of vehicle.', 'CAR', 'MOTORCYCLE', 'TRUCK'),
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
  'ticket.reopened': payload(
    'A ticket is settled no longer: something was bought on it, or is owed again after a refund.',
    ticket,
    { ...ticketExample, status: 'OPEN' },
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
  ...MONEY_DEFINITIONS,
  'tariff.published': payload(
    'A new version of a location’s tariff takes effect.',
    {
      tariffId: id('The version of the tariff.'),
      locationId: id('The location.'),
      version: integer('Its number: 1, 2, 3... at each location.'),
      effectiveFrom: instant('From when it is charged.'),
    },
    {
      tariffId: '0198c0de-0000-7000-8000-000000000007',
      locationId: EXAMPLE_LOCATION,
      version: 3,
      effectiveFrom: '2026-12-01T00:00:00.000Z',
    },
  ),
  'tariff.retired': payload(
    'A version of a location’s tariff was given an end, or withdrawn before it began.',
    {
      tariffId: id('The version of the tariff.'),
      locationId: id('The location.'),
      version: integer('Its number: 1, 2, 3... at each location.'),
      retiredFrom: instant('From when it charges nobody who enters; its beginning when it was withdrawn.'),
    },
    {
      tariffId: '0198c0de-0000-7000-8000-000000000007',
      locationId: EXAMPLE_LOCATION,
      version: 3,
      retiredFrom: '2026-12-31T23:00:00.000Z',
    },
  ),
  'api_key.created': payload('A partner got an API key.', apiKey, apiKeyExample),
  'api_key.revoked': payload('An API key stopped working.', apiKey, apiKeyExample),
  'webhook.test': payload(
    'Sent on request, to try out a webhook endpoint.',
    { endpointId: id('The endpoint that is tried out.') },
    { endpointId: '0198c0de-0000-7000-8000-000000000008' },
  ),
  'webhook.delivered': payload(
    'A webhook reached its endpoint.',
    { ...attempt, responseStatus: integer('The HTTP status of the answer, from 200 to 299.') },
    { ...attemptExample, responseStatus: 204 },
  ),
  'webhook.failed': payload(
    'An attempt to deliver a webhook failed.',
    {
      ...attempt,
      responseStatus: nullable(integer('The HTTP status of the answer; null when there was none.')),
      failure: nullable(
        words(
          'Why there was no answer; null when there was one.',
          'TIMEOUT',
          'CONNECTION_FAILED',
          'ADDRESS_NOT_ALLOWED',
          'TLS_FAILED',
        ),
      ),
      nextAttemptAt: nullable(instant('When it is tried again; null when that was the last attempt.')),
    },
    { ...attemptExample, responseStatus: 503, failure: null, nextAttemptAt: '2026-11-22T08:30:05.000Z' },
  ),
};
