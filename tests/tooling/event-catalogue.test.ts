import { ATTEMPT_FAILURES } from '@plaza/partners/domain/attempt';
import { DECLINE_REASONS, PAYMENT_METHODS } from '@plaza/payments/domain/payment';
import { EVENT_TYPES, type EventTypeName } from '@plaza/platform/events/catalogue';
import { isCurrencyCode } from '@plaza/platform/money';
import { SPACE_KINDS } from '@plaza/spaces/domain/space-kind';
import { plateOf } from '@plaza/platform/plate';
import { newTicketCode, ticketCodeOf } from '@plaza/tickets/domain/ticket-code';
import { TICKET_STATUSES } from '@plaza/tickets/domain/ticket-status';
import { VEHICLE_KINDS } from '@plaza/tickets/domain/vehicle-kind';

// The catalogue belongs to the platform, which knows no subgraph: here it is held to what the subgraphs really tell.

const typeOf = (name: EventTypeName) => EVENT_TYPES.find((type) => type.name === name);
const fieldOf = (name: EventTypeName, field: string) => typeOf(name)?.schema.properties?.[field];

test.each<[EventTypeName, string, readonly (string | null)[]]>([
  ['space.added', 'kind', SPACE_KINDS],
  ['ticket.entered', 'vehicleKind', VEHICLE_KINDS],
  ['ticket.entered', 'status', TICKET_STATUSES],
  ['payment.succeeded', 'method', PAYMENT_METHODS],
  ['payment.declined', 'reason', DECLINE_REASONS],
  ['webhook.failed', 'failure', [...ATTEMPT_FAILURES, null]],
])('%s has the words of the domain as its %s', (name, field, words) => {
  expect(fieldOf(name, field)?.enum).toEqual(words);
});

test.each(EVENT_TYPES.map((type) => [type.name, type.example] as const))(
  'the example of %s has values that Plaza keeps as they stand',
  (_name, { code, plate, currencyCode, timeZone }) => {
    if (code !== undefined) expect(ticketCodeOf(code as string)).toBe(code);
    if (plate !== undefined) expect(plateOf(plate as string)).toBe(plate);
    if (currencyCode !== undefined) expect(isCurrencyCode(currencyCode as string)).toBe(true);
    if (timeZone !== undefined) expect(Intl.supportedValuesOf('timeZone')).toContain(timeZone);
  },
);

test('the codes and plates that Plaza makes are those that the schema describes', () => {
  const code = new RegExp(fieldOf('ticket.entered', 'code')?.pattern ?? '', 'u');
  const plate = new RegExp(fieldOf('ticket.entered', 'plate')?.pattern ?? '', 'u');
  for (let count = 0; count < 100; count += 1) expect(newTicketCode()).toMatch(code);
  for (const typed of ['b-pl 1234', 'ÖL–1', '京都 300 あ 12-34']) expect(plateOf(typed)).toMatch(plate);
});
