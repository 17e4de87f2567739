import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { parse } from 'graphql';
import { frameOf, openGarage, type Garage } from './garage.js';

const TICKETS = /* GraphQL */ `
  subscription Tickets($at: ID, $after: String, $shout: Boolean = true) {
    changed: ticketChanged(locationId: $at, after: $after) {
      eventId
      type
      occurredAt
      cursor
      ticket {
        id
        code(shout: $shout)
        ...Where
      }
    }
  }
  fragment Where on Ticket {
    space {
      number
      label
    }
  }
`;

let garage: Garage;
beforeAll(async () => {
  garage = await openGarage();
});
afterAll(() => garage.close());

const code = (value: string) =>
  expect.objectContaining({ extensions: expect.objectContaining({ code: value }) });

test('an event becomes a frame whose selection crosses subgraphs, with the cursor beside it', async () => {
  const { locationId } = garage;
  const stream = await garage.subscribe(TICKETS, { at: locationId });
  const next = frameOf(stream);
  const [id] = await garage.happens({ locationId });
  const { data, errors, extensions } = await next;
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    changed: {
      eventId: expect.any(String),
      type: 'ticket.entered',
      occurredAt: '2026-11-22T08:30:00.000Z',
      cursor: extensions?.cursor,
      ticket: {
        id,
        code: `CODE ${id}`,
        space: { number: `A-space of ${id}`, label: `label A-space of ${id}` },
      },
    },
  });
  await stream.return();
});

test('only events of its types, its location and its tenant reach a subscription', async () => {
  const { locationId } = garage;
  const stream = await garage.subscribe(TICKETS, { at: locationId.toUpperCase() });
  const next = frameOf(stream);
  await garage.happensTo(newId(), { locationId });
  await garage.happens({ locationId: newId() }, {}, { locationId, type: 'payment.succeeded' });
  const [wanted] = await garage.happens({ locationId, type: 'ticket.closed' });
  expect((await next).data.changed.ticket.id).toBe(wanted);
  await stream.return();
});

test('from a cursor on, every event comes once and in order, however many were missed', async () => {
  const { locationId } = garage;
  const stream = await garage.subscribe(TICKETS, { at: locationId });
  const first = frameOf(stream);
  await garage.happens({ locationId });
  const { cursor } = (await first).extensions!;
  await stream.return();
  await expect(garage.subscribe(TICKETS, { after: cursor })).rejects.toEqual(code('BAD_USER_INPUT'));
  const missed: (string | undefined)[] = [];
  for (let written = 0; written < 100; written += 20) {
    missed.push(...(await garage.happens(...Array.from({ length: 20 }, () => ({ locationId })))));
  }
  const resumed = await garage.subscribe(TICKETS, { at: locationId, after: cursor });
  const seen: string[] = [];
  let last = '';
  while (seen.length < 70) {
    const frame = await frameOf(resumed);
    seen.push(frame.data.changed.ticket.id as string);
    last = frame.extensions!.cursor;
  }
  await resumed.return();
  const again = await garage.subscribe(TICKETS, { at: locationId, after: last });
  while (seen.length < 100) seen.push((await frameOf(again)).data.changed.ticket.id as string);
  await again.return();
  expect(seen).toEqual(missed);
});

test('the payloads of a backlog are fetched together, not one by one', async () => {
  const { locationId, fetched } = garage;
  const stream = await garage.subscribe(TICKETS);
  const first = frameOf(stream);
  await garage.happens(...Array.from({ length: 10 }, () => ({ locationId })));
  await first;
  for (let frame = 1; frame < 10; frame += 1) await frameOf(stream);
  const asked = fetched.filter(({ query }) => query.includes('TicketChanged')).at(-1);
  expect((asked?.variables.representations as unknown[]).length).toBeGreaterThan(1);
  await stream.return();
});

test.each([
  ['a forged cursor', { after: 'forged' }, 'BAD_USER_INPUT'],
  ['an unknown location', { at: newId() }, 'NOT_FOUND'],
  ['a location that is no id', { at: "' or 1=1" }, 'NOT_FOUND'],
  ['a variable of the wrong type', { at: { deep: true } }, 'BAD_USER_INPUT'],
])('%s keeps a subscription from beginning', async (_what, variables, expected) => {
  await expect(garage.subscribe(TICKETS, variables)).rejects.toEqual(code(expected));
});

test("another tenant's location and cursor do not exist", async () => {
  const { locationId } = garage;
  const stream = await garage.subscribe(TICKETS);
  const next = frameOf(stream);
  await garage.happens({ locationId });
  const { cursor } = (await next).extensions!;
  await stream.return();
  const stranger = testViewer();
  await expect(garage.subscribe(TICKETS, { at: locationId }, stranger)).rejects.toEqual(code('NOT_FOUND'));
  await expect(garage.subscribe(TICKETS, { after: cursor }, stranger)).rejects.toEqual(
    code('BAD_USER_INPUT'),
  );
});

test('a viewer of some locations gets the events of those only, asked for or not', async () => {
  const { locationId, viewer } = garage;
  const restricted = { ...viewer, locationIds: [locationId] };
  const elsewhere = newId();
  garage.facts.locations.set(elsewhere, viewer.tenantId);
  await expect(garage.subscribe(TICKETS, { at: elsewhere }, restricted)).rejects.toEqual(code('NOT_FOUND'));
  const stream = await garage.subscribe(TICKETS, {}, restricted);
  const next = frameOf(stream);
  await garage.happens({ locationId: elsewhere }, {});
  const [wanted] = await garage.happens({ locationId });
  expect((await next).data.changed.ticket.id).toBe(wanted);
  await stream.return();
});

test('without a viewer, or without the scope, there is no subscription', async () => {
  const { viewer } = garage;
  await expect(garage.subscribe(TICKETS, {}, null)).rejects.toEqual(code('UNAUTHENTICATED'));
  await expect(garage.subscribe(TICKETS, {}, { ...viewer, scopes: ['events:read'] })).rejects.toEqual(
    code('FORBIDDEN'),
  );
});

test('a viewer who may follow tickets but not read locations can name a location', async () => {
  const { locationId, viewer } = garage;
  const stream = await garage.subscribe(TICKETS, { at: locationId }, { ...viewer, scopes: ['tickets:read'] });
  await stream.return();
});

test('a field that the viewer may not see is null with an error in every frame, the rest is there', async () => {
  const { locationId, viewer } = garage;
  const query = 'subscription { ticketChanged { ticket { id secret } } }';
  const stream = await garage.subscribe(query, {}, { ...viewer, scopes: ['tickets:read'] });
  const next = frameOf(stream);
  const [id] = await garage.happens({ locationId });
  const { data, errors } = await next;
  expect(data).toEqual({ ticketChanged: { ticket: { id, secret: null } } });
  expect(errors).toEqual([code('FORBIDDEN')]);
  await stream.return();
});

test('a payload that does not exist for the viewer is left out; one that fails is a frame with a masked error', async () => {
  const { locationId, facts } = garage;
  const stream = await garage.subscribe(TICKETS);
  const [gone, broken, fine] = [newId(), newId(), newId()];
  facts.gone.add(gone);
  facts.broken.add(broken);
  const next = frameOf(stream);
  await garage.happens(...[gone, broken, fine].map((subjectId) => ({ locationId, subjectId })));
  const failed = await next;
  expect(failed.data).toBeNull();
  expect(failed.errors).toEqual([
    {
      message: 'Something went wrong on our side.',
      path: ['changed'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    },
  ]);
  expect(failed.extensions?.cursor).toEqual(expect.any(String));
  expect((await frameOf(stream)).data.changed.ticket.id).toBe(fine);
  await stream.return();
});

test('while the subgraph is down for a moment no event is lost; when it stays down clients are told to come back', async () => {
  const { locationId, facts } = garage;
  const stream = await garage.subscribe(TICKETS);
  facts.down = true;
  const next = frameOf(stream);
  const [id] = await garage.happens({ locationId });
  await new Promise((resolve) => setTimeout(resolve, 300));
  facts.down = false;
  expect((await next).data.changed.ticket.id).toBe(id);
  facts.down = true;
  const ending = stream.next();
  await garage.happens({ locationId });
  expect((await ending).done).toBe(true);
  expect(stream.interrupted).toMatch('connect again');
  facts.down = false;
  stream.stop();
});

test.each([
  'subscription ($yes: Boolean!) { ticketChanged @skip(if: $yes) { eventId } }',
  'subscription { ...Two } fragment Two on Subscription { ticketChanged { eventId } clock(locationId: 1) { id } }',
  'subscription { ... on Subscription { __schema { description } } }',
  'subscription { ticketChanged { eventId } other: ticketChanged { eventId } }',
  'subscription { __typename }',
  'subscription { ticketChanged { nothing } }',
  'query { ticket(id: 1) { id } }',
])('%s is refused with an error and nothing else', async (query) => {
  await expect(garage.subscribe(query, { yes: true })).rejects.toMatchObject({ message: expect.any(String) });
});

test('a root field that a variable includes is followed', async () => {
  const query =
    'subscription ($yes: Boolean!) { ...Root } fragment Root on Subscription { ticketChanged @include(if: $yes) { eventId } }';
  const stream = await garage.subscribe(query, { yes: true });
  const next = frameOf(stream);
  await garage.happens({ locationId: garage.locationId });
  expect((await next).data.ticketChanged.eventId).toEqual(expect.any(String));
  await stream.return();
  await expect(garage.subscribe(query, { yes: false })).rejects.toEqual(code('BAD_USER_INPUT'));
});

test('a client who leaves while nothing happens leaves nothing behind', async () => {
  const stream = await garage.subscribe(TICKETS);
  const pending = stream.next();
  await stream.return();
  expect(await pending).toEqual({ done: true, value: undefined });
});

test('who resumes at a location from a cursor is let in while the subgraphs are away', async () => {
  const { locationId, facts } = garage;
  const first = await garage.subscribe(TICKETS, { at: locationId });
  const next = frameOf(first);
  const [id] = await garage.happens({ locationId });
  const after = (await next).extensions?.cursor;
  await first.return();
  facts.down = true;
  const resumed = await garage.subscribe(TICKETS, { at: locationId, after });
  facts.down = false;
  const frame = frameOf(resumed);
  const [later] = await garage.happens({ locationId });
  expect((await frame).data.changed.ticket.id).toBe(later);
  expect(later).not.toBe(id);
  await resumed.return();
});

test('a subscription that is posted as a query is told both ways that there are', async () => {
  const { errors } = await garage.executor.execute(
    { document: parse(TICKETS) },
    { viewer: garage.viewer, requestId: 'r' },
  );
  expect(errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  for (const way of ['graphql-ws', '/graphql/stream']) expect(errors?.[0]?.message).toContain(way);
});
