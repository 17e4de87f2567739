import { newId } from '@plaza/platform/ids';
import { FederatedSubscriptions } from '../federated-subscriptions.js';
import { frameOf, openGarage, type Garage } from './garage.js';

const TICKETS =
  'subscription ($at: ID, $after: String) { ticketChanged(locationId: $at, after: $after) { cursor ticket { id code space { label } } } }';
const OCCUPANCY = 'subscription ($at: ID!) { occupancyChanged(locationId: $at) { name occupied } }';
const BATCHES =
  'subscription ($after: String, $types: [String!]) { events(after: $after, types: $types) { cursor caughtUp events { id type position subjectId } } }';

let garage: Garage;
beforeAll(async () => {
  garage = await openGarage();
});
afterAll(() => garage.close());

const many = (count: number) => Array.from({ length: count }, () => ({ locationId: garage.locationId }));
const payloadFetches = () => garage.fetched.filter(({ query }) => query.includes('TicketChanged')).length;
const end = async () => (await garage.feed.head(garage.viewer.tenantId)).position;
/** Waits until the log has positions up to this one. */
async function reaches(position: number): Promise<void> {
  while ((await end()) < position) await new Promise((resolve) => setTimeout(resolve, 5));
}
const idOf = (frame: Awaited<ReturnType<typeof frameOf>>) => frame.data.ticketChanged.ticket.id as string;
const code = (value: string) =>
  expect.objectContaining({ extensions: expect.objectContaining({ code: value }) });

test('identical subscriptions are executed once, however their documents are spaced and wherever they resume', async () => {
  const before = garage.subscriptions.counts.executions;
  const streams = [
    await garage.subscribe(TICKETS),
    await garage.subscribe(TICKETS.replaceAll(' ', '  ')),
    await garage.subscribe(TICKETS, {}, { ...garage.viewer, id: newId() }),
  ];
  expect(garage.subscriptions.counts.executions - before).toBe(1);
  const fetches = payloadFetches();
  const [id] = await garage.happens({ locationId: garage.locationId });
  const frames = await Promise.all(streams.map(frameOf));
  expect(frames.map(idOf)).toEqual([id, id, id]);
  expect(payloadFetches() - fetches).toBe(1);
  const resumed = await garage.subscribe(TICKETS, { after: frames[0]?.extensions?.cursor });
  expect(garage.subscriptions.counts.executions - before).toBe(1);
  for (const stream of [...streams, resumed]) await stream.return();
  expect(garage.subscriptions.counts.executions).toBe(before);
});

test('viewers who may see different things never share', async () => {
  const { viewer, locationId } = garage;
  const query = 'subscription { ticketChanged { ticket { id secret } } }';
  const all = await garage.subscribe(query, {}, { ...viewer, scopes: ['tickets:read', 'audit:read'] });
  const less = await garage.subscribe(query, {}, { ...viewer, scopes: ['tickets:read'] });
  const elsewhere = await garage.subscribe(
    query,
    {},
    { ...viewer, scopes: ['tickets:read', 'audit:read'], locationIds: [newId()] },
  );
  const frames = [frameOf(all), frameOf(less)];
  const nothing = elsewhere.next();
  await garage.happens({ locationId });
  expect((await frames[0])?.data.ticketChanged.ticket.secret).toBe('secret');
  expect((await frames[1])?.data.ticketChanged.ticket.secret).toBeNull();
  for (const stream of [all, less, elsewhere]) await stream.return();
  expect((await nothing).done).toBe(true);
});

test('what many events need of another subgraph is fetched once for all of them', async () => {
  const stream = await garage.subscribe(TICKETS);
  const first = frameOf(stream);
  await garage.happens(...many(1));
  const { cursor } = (await first).extensions!;
  await stream.return();
  await garage.happens(...many(20));
  const before = garage.fetched.length;
  const resumed = await garage.subscribe(TICKETS, { after: cursor });
  for (let frame = 0; frame < 20; frame += 1) await frameOf(resumed);
  // the payloads, the spaces' numbers, and the labels that need those
  expect(garage.fetched.length - before).toBeLessThanOrEqual(3);
  await resumed.return();
});

test('an error in one of many payloads stays with its own frame', async () => {
  const { facts, locationId } = garage;
  const stream = await garage.subscribe(TICKETS);
  const ids = [newId(), newId(), newId()];
  facts.noNumber.add(`space of ${ids[1]}`);
  await garage.happens(...ids.map((subjectId) => ({ locationId, subjectId })));
  const frames = [await frameOf(stream), await frameOf(stream), await frameOf(stream)];
  expect(frames.map(idOf)).toEqual(ids);
  expect(frames.map(({ errors }) => errors?.map(({ path }) => path))).toEqual([
    undefined,
    [['ticketChanged', 'ticket', 'space', 'number']],
    undefined,
  ]);
  await stream.return();
});

test('a subscriber that takes nothing for a while gets everything afterwards, once and in order', async () => {
  const quick = await garage.subscribe(TICKETS);
  const slow = await garage.subscribe(TICKETS);
  const ids: (string | undefined)[] = [];
  for (let round = 0; round < 15; round += 1) ids.push(...(await garage.happens(...many(10))));
  const quickly: string[] = [];
  while (quickly.length < 150) quickly.push(idOf(await frameOf(quick)));
  // far less waits for it than has happened: the rest waits in the log
  expect(slow.waiting).toBeLessThan(75 * 64 * 1024);
  const slowly: string[] = [];
  while (slowly.length < 150) slowly.push(idOf(await frameOf(slow)));
  expect(quickly).toEqual(ids);
  expect(slowly).toEqual(ids);
  const next = [frameOf(quick), frameOf(slow)];
  const [last] = await garage.happens(...many(1));
  expect((await Promise.all(next)).map(idOf)).toEqual([last, last]);
  await quick.return();
  await slow.return();
});

test('a subscriber that takes nothing at all is sent away, and the others go on', async () => {
  const impatient = new FederatedSubscriptions({ ...garage, ...garage.settings, stalledMs: 100 });
  const stuck = await garage.subscribe(TICKETS, {}, garage.viewer, impatient);
  const well = await garage.subscribe(TICKETS, {}, garage.viewer, impatient);
  const stuckState = await garage.subscribe(OCCUPANCY, { at: garage.locationId }, garage.viewer, impatient);
  const ids = await garage.happens(...many(10));
  for (const id of ids) expect(idOf(await frameOf(well))).toBe(id);
  await garage.happens({ locationId: garage.locationId, type: 'space.freed' });
  const sentAway = () => [stuck, stuckState].map(({ interrupted }) => interrupted?.slice(0, 23));
  while (!sentAway().every(Boolean)) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(sentAway()).toEqual(['This client is too slow', 'This client is too slow']);
  const next = frameOf(well);
  const [last] = await garage.happens(...many(1));
  expect(idOf(await next)).toBe(last);
  for (const stream of [stuck, stuckState, well]) await stream.return();
});

test('many who watch one state at once are answered by few readings', async () => {
  const before = garage.fetched.length;
  const streams = await Promise.all(
    Array.from({ length: 50 }, () => garage.subscribe(OCCUPANCY, { at: garage.locationId })),
  );
  const frames = await Promise.all(streams.map(frameOf));
  expect(new Set(frames.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  expect(garage.fetched.length - before).toBeLessThanOrEqual(4);
  for (const stream of streams) await stream.return();
});

test('a state that changes by time alone is told again', async () => {
  const { facts, locationId } = garage;
  const stream = await garage.subscribe('subscription ($at: ID!) { clock(locationId: $at) { occupied } }', {
    at: locationId,
  });
  await frameOf(stream);
  facts.occupied = 77;
  expect((await frameOf(stream)).data.clock.occupied).toBe(77);
  await stream.return();
});

test('batches begin with where the reader stands, and resume with all that was missed', async () => {
  const scopes = [...garage.viewer.scopes];
  const stream = await garage.subscribe(BATCHES, { types: ['ticket.entered'] });
  const { data } = await frameOf(stream);
  expect(data.events).toMatchObject({ caughtUp: true, events: [] });
  await stream.return();
  const before = await end();
  const ids = await garage.happens(...many(3));
  await garage.happens({ locationId: garage.locationId, type: 'ticket.closed' });
  await reaches(before + 4);
  const variables = { types: ['ticket.entered'], after: data.events.cursor as string };
  const resumed = await garage.subscribe(BATCHES, variables);
  const frame = await frameOf(resumed);
  expect(frame.data.events.events.map(({ subjectId }: { subjectId: string }) => subjectId)).toEqual(ids);
  expect(frame.extensions?.cursor).toBe(frame.data.events.cursor);
  await resumed.return();
  await expect(garage.subscribe(BATCHES, { ...variables, types: ['ticket.closed'] })).rejects.toEqual(
    code('BAD_USER_INPUT'),
  );
  await expect(garage.subscribe(BATCHES, { types: ['no.such'] })).rejects.toEqual(code('BAD_USER_INPUT'));
  expect(garage.viewer.scopes).toEqual(scopes);
});

test('a batch subscription that resumes behind events of other types is told that it has missed nothing', async () => {
  const types = ['ticket.voided'];
  const first = await garage.subscribe(BATCHES, { types });
  const { cursor } = (await frameOf(first)).data.events;
  const before = await end();
  await garage.happens(...many(5));
  await reaches(before + 5);
  const resumed = await garage.subscribe(BATCHES, { types, after: cursor });
  const { data } = await frameOf(resumed);
  expect(data.events).toMatchObject({ caughtUp: true, events: [] });
  expect(data.events.cursor).not.toBe(cursor);
  for (const stream of [first, resumed]) await stream.return();
});

test('a viewer and an organization have so many subscriptions and no more; one that ends makes room', async () => {
  const few = new FederatedSubscriptions({
    ...garage,
    ...garage.settings,
    quotas: { ofViewer: 2, ofOrganization: 3 },
  });
  const { viewer } = garage;
  const by = (id: string) => garage.subscribe(TICKETS, {}, { ...viewer, id }, few);
  const [me, you, they] = [newId(), newId(), newId()];
  const mine = [await by(me), await by(me)];
  await expect(by(me)).rejects.toMatchObject({
    message: 'You have 2 subscriptions open, as many as may be: end one first.',
    extensions: { code: 'RATE_LIMITED', retryAfter: 60, limit: 2 },
  });
  const yours = await by(you);
  await expect(by(they)).rejects.toMatchObject({
    message: expect.stringContaining('Your organization has 3'),
  });
  await mine[0]?.return();
  const again = await by(me);
  for (const stream of [...mine, yours, again]) await stream.return();
  expect(few.counts).toEqual({ subscriptions: 0, executions: 0 });
});

test.each([-1, 60_001])('a throttle of %d milliseconds is refused', async (throttleMs) => {
  const query =
    'subscription ($at: ID!, $every: Int) { occupancyChanged(locationId: $at, throttleMs: $every) { name } }';
  await expect(garage.subscribe(query, { at: garage.locationId, every: throttleMs })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'throttleMs' },
  });
});
