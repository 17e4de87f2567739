import { isWanted, type LoggedEvent, type Subscription, webhookBody } from './webhook-message.js';

const EVENT: LoggedEvent = {
  id: 'e1',
  position: 7,
  type: 'ticket.entered',
  version: 1,
  subjectType: 'Ticket',
  subjectId: 't1',
  locationId: 'l1',
  occurredAt: new Date('2026-11-22T09:00:00Z'),
  data: { plate: 'B-XY 1' },
};
const ALL: Subscription = {
  endpointId: 'w1',
  eventTypes: ['ticket.entered', 'ticket.closed'],
  onlyTypes: null,
  locationIds: null,
};

test('an endpoint gets the types that it subscribed to and no others', () => {
  expect(isWanted(EVENT, ALL)).toBe(true);
  expect(isWanted({ ...EVENT, type: 'ticket.settled' }, ALL)).toBe(false);
});

test('a replay can ask for some of the endpoint’s types, not for others', () => {
  expect(isWanted(EVENT, { ...ALL, onlyTypes: ['ticket.closed'] })).toBe(false);
  expect(isWanted({ ...EVENT, type: 'ticket.settled' }, { ...ALL, onlyTypes: ['ticket.settled'] })).toBe(
    false,
  );
});

test('an endpoint of some locations hears nothing of the others, nor of what belongs to none', () => {
  const restricted = { ...ALL, locationIds: ['l2'] };
  expect(isWanted(EVENT, restricted)).toBe(false);
  expect(isWanted({ ...EVENT, locationId: null }, restricted)).toBe(false);
  expect(isWanted({ ...EVENT, locationId: 'l2' }, restricted)).toBe(true);
});

test('a test event goes to its own endpoint only, subscribed or not', () => {
  const test = { ...EVENT, type: 'webhook.test', subjectId: 'w1', locationId: null };
  expect(isWanted(test, { ...ALL, locationIds: ['l2'] })).toBe(true);
  expect(isWanted(test, { ...ALL, endpointId: 'w2', eventTypes: ['webhook.test'] })).toBe(false);
});

test('the body is the documented envelope', () => {
  expect(JSON.parse(webhookBody(EVENT))).toEqual({
    id: 'e1',
    type: 'ticket.entered',
    version: 1,
    occurredAt: '2026-11-22T09:00:00.000Z',
    position: 7,
    subject: { type: 'Ticket', id: 't1' },
    locationId: 'l1',
    data: { plate: 'B-XY 1' },
  });
});
