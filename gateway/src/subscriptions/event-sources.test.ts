import { buildASTSchema, parse } from 'graphql';
import { loadGraph } from '../graph/graph.js';
import { eventSourcesOf } from './event-sources.js';
import { garageSupergraph } from './tests/garage.js';

const declared = (field: string) =>
  eventSourcesOf(
    buildASTSchema(
      parse(`
        directive @eventSource(types: [String!], typesFrom: String, matching: String, lookUp: String, kind: String!, location: String, entity: String) on FIELD_DEFINITION
        type Thing { id: ID }
        type Query { thing: Thing }
        type Subscription { changed(id: ID): ${field} }
      `),
    ),
  );

test('the sources survive composition', () => {
  expect(Object.fromEntries(eventSourcesOf(loadGraph(garageSupergraph()).supergraph))).toMatchObject({
    clock: { kind: 'LIVE', types: ['space.occupied'], entity: 'locationId', everySeconds: 1 },
    events: { kind: 'BATCH', payloadType: 'EventBatch', types: [], typesFrom: 'types' },
    occupancyChanged: {
      fieldName: 'occupancyChanged',
      kind: 'LIVE',
      payloadType: 'Location',
      types: ['space.occupied', 'space.freed'],
      location: 'locationId',
      entity: 'locationId',
    },
    ticketChanged: {
      fieldName: 'ticketChanged',
      kind: 'EVENT',
      payloadType: 'TicketChanged',
      types: ['ticket.entered', 'ticket.closed'],
      location: 'locationId',
      entity: undefined,
    },
  });
});

test.each([
  ['Thing', 'has no @eventSource'],
  ['[Thing] @eventSource(types: ["a.b"], kind: "EVENT")', 'yields something else than one object'],
  ['String @eventSource(types: ["a.b"], kind: "EVENT")', 'yields something else than one object'],
  ['Thing @eventSource(types: ["a.b"], kind: "SOMETIMES")', 'is of no kind that there is'],
  ['Thing @eventSource(kind: "EVENT")', 'names no types of events'],
  ['Thing @eventSource(types: ["a.b"], kind: "EVENT", matching: "whose")', 'has no argument whose'],
  ['Thing @eventSource(types: ["a.b"], kind: "EVENT", matching: "id", lookUp: "thing")', 'looks up by thing'],
  ['Thing @eventSource(kind: "BATCH", typesFrom: "only")', 'has no argument only'],
  ['Thing @eventSource(types: ["a.b"], kind: "LIVE")', 'names no entity argument'],
  ['Thing @eventSource(types: ["a.b"], kind: "LIVE", entity: "nope")', 'has no argument nope'],
  ['Thing @eventSource(types: ["a.b"], kind: "EVENT", location: "where")', 'has no argument where'],
])('a start with %s names the mistake', (field, reason) => {
  expect(() => declared(field)).toThrow(`The subscription changed`);
  expect(() => declared(field)).toThrow(reason);
});
