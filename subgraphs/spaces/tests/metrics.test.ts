import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { statementsOf } from '@plaza/platform/testing/statements-of';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import { createSpacesSubgraph } from '../src/subgraph.js';
import { CarPark, NOON } from './car-park.js';

let park: CarPark;
let subgraph: Subgraph;
beforeAll(async () => {
  park = await CarPark.open();
  subgraph = await createSpacesSubgraph({ database: park.spaces, clock: park.clock } as never);
});
afterAll(() => park.test.drop());

async function ask(source: string, variableValues: object, viewer: Viewer | null = park.viewer) {
  const contextValue = subgraph.context(viewer, newId());
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source,
    variableValues: { ...variableValues },
    contextValue,
  });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors };
}

const FIGURES = 'id occupied available utilization asOf';
const ENTITIES = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on LocationMetrics { ${FIGURES} } } }`;
const of = (...ids: string[]) => ({ of: ids.map((id) => ({ __typename: 'LocationMetrics', id })) });

test('the figures of a location are those of its occupancy, by query and by reference', async () => {
  const id = await park.location([{ count: 4, kind: 'CAR' }]);
  await park.claim(id);
  const figures = { id, occupied: 1, available: 3, utilization: 0.25, asOf: NOON.toISOString() };
  const { data } = await ask(`query ($id: ID!) { location(id: $id) { metrics { ${FIGURES} } } }`, { id });
  expect(data.location.metrics).toEqual(figures);
  expect((await ask(ENTITIES, of(id))).data._entities).toEqual([figures]);
});

test('a location that the viewer does not see has no metrics, and nobody has them without locations:read', async () => {
  const id = await park.location([{ count: 1, kind: 'CAR' }]);
  for (const stranger of [testViewer(), { ...park.viewer, locationIds: [newId()] }]) {
    expect((await ask(ENTITIES, of(id), stranger)).data._entities).toEqual([null]);
  }
  for (const unknown of [newId(), 'x']) {
    expect((await ask(ENTITIES, of(unknown))).data._entities).toEqual([null]);
  }
  const { errors } = await ask(ENTITIES, of(id), { ...park.viewer, scopes: ['spaces:read'] });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', requiredScopes: ['locations:read'] });
});

test('many locations take as many statements as one', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, () => park.location([{ count: 1, kind: 'CAR' }])));
  const one = await statementsOf(() => ask(ENTITIES, of(ids[0]!)));
  const four = await statementsOf(() => ask(ENTITIES, of(...ids)));
  expect(four).toBe(one);
});
