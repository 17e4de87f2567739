import { jest } from '@jest/globals';
import { newId } from '@plaza/platform/ids';
import { statementsOf } from '@plaza/platform/testing/statements-of';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import type { Subgraph } from '@plaza/platform/subgraph';
import { graphql } from 'graphql';
import { createSpacesSubgraph } from '../src/subgraph.js';
import { CarPark, NOON, noonPlus } from './car-park.js';

let park: CarPark;
let subgraph: Subgraph;
beforeAll(async () => {
  park = await CarPark.open();
  subgraph = await createSpacesSubgraph({ database: park.spaces, clock: park.clock } as never);
});
afterAll(() => park.test.drop());

async function ask(source: string, variableValues = {}, viewer: Viewer | null = park.viewer) {
  const contextValue = subgraph.context(viewer, newId());
  const { data, errors } = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors };
}

test('a location tells its occupancy from its claims, and its spaces their status', async () => {
  const id = await park.location([{ count: 8, kind: 'CAR', zone: 'Level 1' }]);
  const [first = '', second] = await park.spaceIds(id);
  const take = `mutation ($id: ID!) { takeSpaceOutOfService(input: {spaceId: $id}) { __typename } }`;
  await ask(take, { id: first });
  const ticketId = newId();
  await park.claim(id, { spaceId: second, ticketId });
  await park.claim(id);
  await park.release(ticketId, noonPlus(30));
  park.clock.set(noonPlus(60));
  const { data, errors } = await ask(
    `query ($id: ID!) { location(id: $id) {
      name timeZone currencyCode address { city } coordinates { latitude } zones { name }
      occupancy { total occupied reserved outOfService available utilization asOf }
      free: spaces(status: FREE) { totalCount } taken: spaces(status: OCCUPIED) { nodes { status } }
      out: spaces(status: OUT_OF_SERVICE, kind: CAR) { nodes { id number kind status features zone { name } location { id } } }
    } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(data.location).toEqual({
    name: 'Bull Ring',
    timeZone: 'Europe/London',
    currencyCode: 'GBP',
    address: null,
    coordinates: null,
    zones: [{ name: 'Level 1' }],
    occupancy: {
      total: 8,
      occupied: 1,
      reserved: 0,
      outOfService: 1,
      available: 6,
      utilization: 1 / 7,
      asOf: noonPlus(60).toISOString(),
    },
    free: { totalCount: 6 },
    taken: { nodes: [{ status: 'OCCUPIED' }] },
    out: {
      nodes: [
        {
          id: first,
          number: '1',
          kind: 'CAR',
          status: 'OUT_OF_SERVICE',
          features: [],
          zone: { name: 'Level 1' },
          location: { id },
        },
      ],
    },
  });
  park.clock.set(NOON);
});

test('the number of statements of an answer does not depend on how many locations it holds', async () => {
  const viewer = testViewer();
  const page = (first: number) => () =>
    ask(
      `query ($first: Int) { locations(first: $first) { nodes {
        occupancy { occupied } zones { name } spaces(first: 3, status: FREE) { nodes { status zone { name } location { name } } }
      } } }`,
      { first },
      viewer,
    );
  for (let count = 0; count < 12; count += 1)
    await park.location([{ count: 4, kind: 'CAR', zone: 'A' }], viewer);
  const small = await statementsOf(page(1));
  expect(await statementsOf(page(12))).toBe(small);
  expect(small).toBeLessThanOrEqual(7);
});

test('entities of a batch are read in one statement, in the order of their references', async () => {
  const id = await park.location([{ count: 50, kind: 'CAR' }]);
  const spaceIds = await park.spaceIds(id);
  const representations = [...spaceIds, newId(), 'nonsense'].map((space) => ({
    __typename: 'Space',
    id: space,
  }));
  const source = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Space { number } } }`;
  const answer = jest.fn(() => ask(source, { representations }));
  expect(await statementsOf(answer)).toBe(1);
  const { data } = await (answer.mock.results[0]?.value as ReturnType<typeof ask>);
  expect(data._entities.slice(48)).toEqual([{ number: '49' }, { number: '50' }, null, null]);
});

test('an event becomes a payload with its space', async () => {
  const id = await park.location([{ count: 1, kind: 'CAR' }]);
  const [spaceId] = await park.spaceIds(id);
  const envelope = { eventId: newId(), type: 'space.freed', occurredAt: NOON.toISOString(), cursor: 'c' };
  const { data } = await ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on SpaceChanged { eventId type occurredAt cursor space { id status } } } }`,
    { representations: [{ __typename: 'SpaceChanged', ...envelope, subjectId: spaceId }] },
  );
  expect(data._entities).toEqual([{ ...envelope, space: { id: spaceId, status: 'FREE' } }]);
});

test('locations are found by a part of their name or something like it, and a page leads to the next', async () => {
  const viewer = testViewer();
  const create = `mutation ($input: CreateLocationInput!) { createLocation(input: $input) { ... on LocationCreated { location { name } } } }`;
  for (const name of ['Bull Ring', 'Broad Street', 'Brindleyplace', '100 % Parking']) {
    await ask(create, { input: { name, timeZone: 'Europe/London', currencyCode: 'GBP' } }, viewer);
  }
  const search = async (text: string) => {
    const { data } = await ask(
      `query ($text: String) { locations(search: $text) { nodes { name } totalCount } }`,
      { text },
      viewer,
    );
    expect(data.locations.totalCount).toBe(data.locations.nodes.length);
    return data.locations.nodes.map(({ name }: { name: string }) => name);
  };
  expect(await search('b')).toEqual(['Bull Ring', 'Broad Street', 'Brindleyplace']);
  expect(await search('Broad Stret')).toEqual(['Broad Street']);
  expect(await search('%')).toEqual(['100 % Parking']);
  const walk = `query ($after: String) { locations(first: 3, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`;
  const first = (await ask(walk, {}, viewer)).data.locations;
  const second = (await ask(walk, { after: first.pageInfo.endCursor }, viewer)).data.locations;
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  expect(second.nodes).toEqual([{ name: '100 % Parking' }]);
});

test('locations near a point come nearest first, page by page', async () => {
  const viewer = testViewer();
  const create = `mutation ($input: CreateLocationInput!) { createLocation(input: $input) { __typename } }`;
  const at = {
    Snowhill: [52.4837, -1.8986],
    'Bull Ring': [52.4775, -1.8936],
    Solihull: [52.4118, -1.7776],
    Suva: [-18.14, 178.44],
  };
  for (const [name, [latitude, longitude]] of Object.entries(at)) {
    const input = { name, timeZone: 'UTC', currencyCode: 'GBP', coordinates: { latitude, longitude } };
    await ask(create, { input }, viewer);
  }
  const near = { latitude: 52.4779, longitude: -1.8943, radiusMeters: 20_000 };
  const source = `query ($near: NearInput, $first: Int, $after: String) { locations(near: $near, first: $first, after: $after) {
    nodes { name } totalCount pageInfo { endCursor hasNextPage } } }`;
  const all = (await ask(source, { near }, viewer)).data.locations;
  expect(all.nodes).toEqual([{ name: 'Bull Ring' }, { name: 'Snowhill' }, { name: 'Solihull' }]);
  expect(all.totalCount).toBe(3);
  const first = (await ask(source, { near, first: 2 }, viewer)).data.locations;
  const rest = (await ask(source, { near, first: 2, after: first.pageInfo.endCursor }, viewer)).data
    .locations;
  expect([first.pageInfo.hasNextPage, rest.nodes]).toEqual([true, [{ name: 'Solihull' }]]);
  const { errors } = await ask(source, { near: { latitude: 91, longitude: 0 } }, viewer);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'near.latitude' });
});

test('what another tenant asks for by id does not exist, and nobody asks without a scope', async () => {
  const id = await park.location([{ count: 1, kind: 'CAR' }]);
  const [spaceId] = await park.spaceIds(id);
  const source = `query ($id: ID!, $spaceId: ID!) { location(id: $id) { name } space(id: $spaceId) { number } locations { totalCount } }`;
  expect((await ask(source, { id, spaceId }, testViewer())).data).toEqual({
    location: null,
    space: null,
    locations: { totalCount: 0 },
  });
  const codes = async (viewer: Viewer | null) =>
    (await ask(source, { id, spaceId }, viewer)).errors?.map(({ extensions }) => extensions.code);
  expect(await codes(null)).toContain('UNAUTHENTICATED');
  expect(await codes({ ...park.viewer, scopes: ['tickets:read'] })).toContain('FORBIDDEN');
});
