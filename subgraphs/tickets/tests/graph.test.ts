import { newId } from '@plaza/platform/ids';
import { statementsOf } from '@plaza/platform/testing/statements-of';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Subgraph } from '@plaza/platform/subgraph';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import { createTicketsSubgraph } from '../src/subgraph.js';
import { registerCustomer } from '../src/use-cases/register-customer.js';
import { voidTicket } from '../src/use-cases/void-ticket.js';
import { Gate, newPlate, NOON, noonPlus } from './gate.js';

let gate: Gate;
let subgraph: Subgraph;
beforeAll(async () => {
  gate = await Gate.open();
  subgraph = await createTicketsSubgraph({ database: gate.tickets, clock: gate.clock } as never);
});
afterAll(() => gate.close());

async function ask(source: string, variableValues = {}, viewer: Viewer | null = gate.viewer) {
  const contextValue = subgraph.context(viewer, newId());
  const { data, errors } = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors };
}

const ENTER = `mutation ($input: RecordEntryInput!) { recordEntry(input: $input) {
  __typename
  ... on Problem { message }
  ... on VehicleEntered { ticket { id code status enteredAt exitedAt vehicleKind location { id } space { id } vehicle { plate kind } customer { name } } }
  ... on NoSpaceAvailable { location { id } }
  ... on SpaceNotAvailable { space { id } }
  ... on VehicleAlreadyInside { ticket { id } }
} }`;

test('every answer to an entry comes with what the client can act on', async () => {
  const locationId = await gate.location(1);
  const [spaceId] = await gate.spaceIds(locationId);
  const plate = newPlate();
  const enter = async (input: object) =>
    (await ask(ENTER, { input: { locationId, ...input } })).data.recordEntry;
  const entered = await enter({ plate });
  expect(entered).toEqual({
    __typename: 'VehicleEntered',
    ticket: {
      id: expect.any(String),
      code: expect.any(String),
      status: 'OPEN',
      enteredAt: NOON.toISOString(),
      exitedAt: null,
      vehicleKind: 'CAR',
      location: { id: locationId },
      space: { id: spaceId },
      vehicle: { plate, kind: 'CAR' },
      customer: null,
    },
  });
  expect(await enter({ plate })).toMatchObject({
    __typename: 'VehicleAlreadyInside',
    ticket: { id: entered.ticket.id },
  });
  expect(await enter({ plate: newPlate() })).toMatchObject({
    __typename: 'NoSpaceAvailable',
    location: { id: locationId },
  });
  expect(await enter({ plate: newPlate(), spaceId })).toMatchObject({
    __typename: 'SpaceNotAvailable',
    space: { id: spaceId },
  });
});

test('a replayed entry is the same answer, byte for byte', async () => {
  const locationId = await gate.location(3);
  const input = { locationId, plate: newPlate(), enteredAt: '2026-11-22T11:00:00Z', idempotencyKey: newId() };
  const first = JSON.stringify((await ask(ENTER, { input })).data);
  expect(JSON.stringify((await ask(ENTER, { input })).data)).toBe(first);
});

test('the number of statements of a page of tickets does not depend on how many it holds', async () => {
  const viewer = testViewer();
  const locationId = await gate.location(60, viewer);
  const plates = Array.from({ length: 50 }, newPlate);
  await registerCustomer(gate.on(viewer), { name: 'Fleet', plates });
  for (const plate of plates) await gate.ticket(locationId, { plate }, viewer);
  const source = `query ($first: Int) { tickets(first: $first) { nodes {
    id code vehicle { plate customer { name } tickets(first: 1) { id } } customer { vehicles { plate } } } } }`;
  const small = await statementsOf(() => ask(source, { first: 1 }, viewer));
  expect(await statementsOf(() => ask(source, { first: 50 }, viewer))).toBe(small);
  expect(small).toBeLessThanOrEqual(5);
  const plain = `{ tickets(first: 50) { nodes { id } } }`;
  expect(await statementsOf(() => ask(plain, {}, viewer))).toBe(1);
  expect(
    await statementsOf(() => ask(`{ tickets(first: 50) { nodes { id } totalCount } }`, {}, viewer)),
  ).toBe(2);
});

test('tickets are listed newest first, filtered, and a page leads to the next', async () => {
  const viewer = testViewer();
  const [here, there] = [await gate.location(9, viewer), await gate.location(9, viewer)];
  const plate = newPlate();
  const first = await gate.ticket(here, { enteredAt: noonPlus(-7200) }, viewer);
  const second = await gate.ticket(here, { plate, enteredAt: noonPlus(-3600) }, viewer);
  const third = await gate.ticket(there, { plate }, viewer);
  await voidTicket(gate.on(viewer), { ticketId: first.id });
  const list = async (filter: string) =>
    (await ask(`{ tickets(${filter}) { nodes { id } totalCount } }`, {}, viewer)).data.tickets;
  const found = async (filter: string) => {
    const { nodes, totalCount } = await list(filter);
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ id }: { id: string }) => id);
  };
  expect(await found('first: 9')).toEqual([third.id, second.id, first.id]);
  expect(await found(`locationId: "${here}"`)).toEqual([second.id, first.id]);
  expect(await found(`plate: "${plate.toLowerCase()}"`)).toEqual([third.id, second.id]);
  expect(await found('status: OPEN')).toEqual([third.id, second.id]);
  expect(await found(`status: VOID, locationId: "${here}"`)).toEqual([first.id]);
  expect(await found(`enteredFrom: "${noonPlus(-3600).toISOString()}"`)).toEqual([third.id, second.id]);
  expect(await found(`enteredTo: "${noonPlus(-3600).toISOString()}"`)).toEqual([first.id]);
  expect(await found('locationId: "nonsense"')).toEqual([]);
  expect(await found(`plate: "${'X'.repeat(10_000)}"`)).toEqual([]);
  const page = `query ($after: String) { tickets(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const one = (await ask(page, {}, viewer)).data.tickets;
  const two = (await ask(page, { after: one.pageInfo.endCursor }, viewer)).data.tickets;
  expect([one.pageInfo.hasNextPage, two.pageInfo.hasNextPage, two.nodes]).toEqual([
    true,
    false,
    [{ id: first.id }],
  ]);
});

test('a ticket is found by its id and by its code, however it is typed, but not by another tenant', async () => {
  const { id, code } = await gate.ticket(await gate.location(1));
  const source = `query ($id: ID!, $code: String!) { ticket(id: $id) { code } ticketByCode(code: $code) { id } }`;
  const typed = code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  expect((await ask(source, { id, code: typed })).data).toEqual({ ticket: { code }, ticketByCode: { id } });
  const nothing = { ticket: null, ticketByCode: null };
  expect((await ask(source, { id, code }, testViewer())).data).toEqual(nothing);
  expect((await ask(source, { id: 'nonsense', code: '?' })).data).toEqual(nothing);
});

test('a vehicle leads to its customer and its tickets, and back', async () => {
  const plate = newPlate();
  const { id } = await gate.ticket(await gate.location(1), { plate });
  const register = `mutation ($input: RegisterCustomerInput!) { registerCustomer(input: $input) {
    ... on CustomerRegistered { customer { id name email vehicles { plate } tickets { id } } } } }`;
  const input = { name: 'Ada', email: 'ada@example.com', plates: [plate] };
  const { customer } = (await ask(register, { input })).data.registerCustomer;
  const expected = {
    id: expect.any(String),
    name: 'Ada',
    email: 'ada@example.com',
    vehicles: [{ plate }],
    tickets: [{ id }],
  };
  expect(customer).toEqual(expected);
  const source = `query ($plate: String!, $id: ID!) { vehicle(plate: $plate) { customer { id } tickets { id } } customer(id: $id) { name } }`;
  expect((await ask(source, { plate, id: customer.id })).data).toEqual({
    vehicle: { customer: { id: customer.id }, tickets: [{ id }] },
    customer: { name: 'Ada' },
  });
  const few = { ...gate.viewer, scopes: ['tickets:read' as const] };
  const { data, errors } = await ask(source, { plate, id: customer.id }, few);
  expect(data).toEqual({ vehicle: { customer: null, tickets: [{ id }] }, customer: null });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});

test('entities of a batch are read in one statement; an event becomes a payload with its ticket', async () => {
  const locationId = await gate.location(20);
  const tickets = await Promise.all(Array.from({ length: 20 }, () => gate.ticket(locationId)));
  const representations = [...tickets.map(({ id }) => id), newId(), 'nonsense'].map((id) => ({
    __typename: 'Ticket',
    id,
  }));
  const source = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Ticket { code } ... on TicketChanged { eventId type occurredAt cursor ticket { code } } } }`;
  expect(await statementsOf(() => ask(source, { representations }))).toBe(1);
  const { data } = await ask(source, { representations });
  expect(data._entities.slice(19)).toEqual([{ code: tickets[19]?.code }, null, null]);
  const envelope = { eventId: newId(), type: 'ticket.entered', occurredAt: NOON.toISOString(), cursor: 'c' };
  const changed = { __typename: 'TicketChanged', ...envelope, subjectId: tickets[0]?.id };
  expect((await ask(source, { representations: [changed] })).data._entities).toEqual([
    { ...envelope, ticket: { code: tickets[0]?.code } },
  ]);
});

test('nobody reads tickets without signing in, or without the scope', async () => {
  const codes = async (viewer: Viewer | null) =>
    (await ask('{ tickets { totalCount } }', {}, viewer)).errors?.map(({ extensions }) => extensions.code);
  expect(await codes(null)).toEqual(['UNAUTHENTICATED']);
  expect(await codes({ ...gate.viewer, scopes: ['spaces:read'] })).toEqual(['FORBIDDEN']);
});
