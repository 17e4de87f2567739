import { newId } from '@plaza/platform/ids';
import { sql } from '@plaza/platform/database/sql';
import type { Subgraph } from '@plaza/platform/subgraph';
import { statementsOf } from '@plaza/platform/testing/statements-of';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import { createTicketsSubgraph } from '../src/subgraph.js';
import { voidTicket } from '../src/use-cases/void-ticket.js';
import { Gate, NOON } from './gate.js';

let gate: Gate;
let subgraph: Subgraph;
beforeAll(async () => {
  gate = await Gate.open();
  subgraph = await createTicketsSubgraph({ database: gate.tickets, clock: gate.clock } as never);
});
afterAll(() => gate.close());
beforeEach(() => gate.clock.set(NOON));

const METRICS = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on LocationMetrics {
  id entriesLastHour exitsLastHour averageStayMinutes arrivalsPerHour { hour startsAt arrivals } } } }`;

interface Metrics {
  entriesLastHour: number | null;
  exitsLastHour: number | null;
  averageStayMinutes: number | null;
  arrivalsPerHour: { hour: number; startsAt: string; arrivals: number }[] | null;
}

async function ask(locationIds: string[], viewer: Viewer = gate.viewer) {
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source: METRICS,
    variableValues: { of: locationIds.map((id) => ({ __typename: 'LocationMetrics', id })) },
    contextValue: subgraph.context(viewer, newId()),
  });
  return { metrics: JSON.parse(JSON.stringify(data?._entities ?? null)) as Metrics[], errors };
}
const metricsOf = async (locationId: string, viewer?: Viewer) =>
  (await ask([locationId], viewer)).metrics[0]!;

const minutesAgo = (minutes: number, from = NOON) => new Date(from.getTime() - minutes * 60_000);

/** A stay of a vehicle that came and, perhaps, went so many minutes before noon. */
async function stay(locationId: string, cameMinutesAgo: number, wentMinutesAgo?: number) {
  const ticket = await gate.ticket(locationId, { enteredAt: minutesAgo(cameMinutesAgo) });
  if (wentMinutesAgo !== undefined) {
    await gate.asPayments(sql`select tickets.close_stay(${ticket.id}, ${minutesAgo(wentMinutesAgo)})`);
  }
  return ticket;
}

const move = (locationId: string, timeZone: string) =>
  gate.truth('update spaces.location set time_zone = $2 where id = $1', locationId, timeZone);

test('the last hour ends now and has its entries and exits; what is void never entered', async () => {
  const locationId = await gate.location(10);
  for (const came of [59, 30, 0]) await stay(locationId, came);
  await stay(locationId, 61);
  await stay(locationId, 60);
  const mistake = await stay(locationId, 10);
  await voidTicket(gate.on(), { ticketId: mistake.id });
  await stay(locationId, 90, 59);
  await stay(locationId, 90, 61);
  expect(await metricsOf(locationId)).toMatchObject({ entriesLastHour: 3, exitsLastHour: 1 });
  gate.clock.set(minutesAgo(30));
  expect(await metricsOf(locationId)).toMatchObject({ entriesLastHour: 4, exitsLastHour: 2 });
});

test('the average stay is that of the stays that ended in the last 24 hours', async () => {
  const locationId = await gate.location(10);
  expect((await metricsOf(locationId)).averageStayMinutes).toBeNull();
  await stay(locationId, 100);
  expect((await metricsOf(locationId)).averageStayMinutes).toBeNull();
  await stay(locationId, 100, 70);
  await stay(locationId, 24 * 60 + 30, 24 * 60 - 1);
  await stay(locationId, 30 * 60, 24 * 60 + 1);
  expect((await metricsOf(locationId)).averageStayMinutes).toBe(30.5);
});

test('arrivals are counted by the hours of the location’s own clock, the present one last', async () => {
  const locationId = await gate.location(10);
  await move(locationId, 'Asia/Kolkata');
  // noon in UTC is half past five there
  for (const came of [0, 29, 31, 31 + 60, 23 * 60, 24 * 60]) await stay(locationId, came);
  const hours = (await metricsOf(locationId)).arrivalsPerHour!;
  expect(hours).toHaveLength(24);
  expect(hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, index) => (index + 18) % 24));
  expect(hours[0]).toEqual({ hour: 18, startsAt: '2026-11-21T12:30:00.000Z', arrivals: 1 });
  expect(hours.slice(-3)).toEqual([
    { hour: 15, startsAt: '2026-11-22T09:30:00.000Z', arrivals: 1 },
    { hour: 16, startsAt: '2026-11-22T10:30:00.000Z', arrivals: 1 },
    { hour: 17, startsAt: '2026-11-22T11:30:00.000Z', arrivals: 2 },
  ]);
});

test.each([
  ['Europe/Berlin', '2026-03-29T20:30:00Z', [1, 3], 'clocks go forward: one hour is missing'],
  ['Europe/Berlin', '2026-10-25T20:30:00Z', [1, 2, 2, 3], 'clocks go back: one hour is there twice'],
])('in %s at %s the hours about the change are %j', async (timeZone, now, around) => {
  const locationId = await gate.location(1);
  await move(locationId, timeZone);
  gate.clock.set(new Date(now));
  const hours = (await metricsOf(locationId)).arrivalsPerHour!;
  expect(hours).toHaveLength(24);
  expect(new Set(hours.map(({ startsAt }) => startsAt)).size).toBe(24);
  const first = hours.map(({ hour }) => hour).indexOf(1);
  expect(hours.map(({ hour }) => hour).slice(first, first + around.length)).toEqual(around);
});

test('a vehicle that comes in the repeated hour is counted in the one in which it came', async () => {
  const locationId = await gate.location(2);
  await move(locationId, 'Europe/Berlin');
  gate.clock.set(new Date('2026-10-25T08:00:00Z'));
  await gate.ticket(locationId, { enteredAt: new Date('2026-10-25T01:30:00Z') });
  const twice = (await metricsOf(locationId)).arrivalsPerHour!.filter(({ hour }) => hour === 2);
  expect(twice).toEqual([
    { hour: 2, startsAt: '2026-10-25T00:00:00.000Z', arrivals: 0 },
    { hour: 2, startsAt: '2026-10-25T01:00:00.000Z', arrivals: 1 },
  ]);
});

test('many locations take as many statements as one', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => gate.location(1)));
  for (const id of ids) await stay(id, 5);
  const one = await statementsOf(() => ask(ids.slice(0, 1)));
  let all: Metrics[] = [];
  const five = await statementsOf(async () => (all = (await ask(ids)).metrics));
  expect(all.map(({ entriesLastHour }) => entriesLastHour)).toEqual([1, 1, 1, 1, 1]);
  expect([one, five]).toEqual([2, 2]);
});

test('a viewer without tickets:read gets no figure, another tenant’s location has none', async () => {
  const locationId = await gate.location(2);
  await stay(locationId, 5);
  const blind = { ...gate.viewer, scopes: gate.viewer.scopes.filter((scope) => scope !== 'tickets:read') };
  const { metrics, errors } = await ask([locationId], blind);
  expect(metrics[0]).toEqual({
    id: locationId,
    entriesLastHour: null,
    exitsLastHour: null,
    averageStayMinutes: null,
    arrivalsPerHour: null,
  });
  expect(errors).toHaveLength(4);
  for (const { extensions } of errors!)
    expect(extensions).toMatchObject({ requiredScopes: ['tickets:read'] });
  expect(await metricsOf(locationId, testViewer())).toMatchObject({
    entriesLastHour: 0,
    arrivalsPerHour: null,
  });
  const elsewhere = { ...gate.viewer, locationIds: [newId()] };
  expect(await metricsOf(locationId, elsewhere)).toMatchObject({ entriesLastHour: 0, arrivalsPerHour: null });
});
