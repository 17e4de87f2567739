import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakingChanges } from '../../../scripts/schema/breaking-changes.js';
import { compose, readRoverConfig } from '../../../scripts/schema/compose.js';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const subgraph = (name: string, sdl: string) => ({
  name,
  url: `http://${name}:4000/graphql`,
  file: `schema/${name}.graphql`,
  sdl: `${FEDERATION}\n${sdl}`,
});

test('rover.yaml is read as rover reads it: files are relative to it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-rover-'));
  const path = join(folder, 'rover.yaml');
  const entry = 'routing_url: http://tickets:4003/graphql\n    schema:\n      file: ./schema/tickets.graphql';
  await writeFile(path, `federation_version: =2.12.0\nsubgraphs:\n  tickets:\n    ${entry}\n`);
  expect(await readRoverConfig(path)).toEqual([
    { name: 'tickets', url: 'http://tickets:4003/graphql', file: join(folder, 'schema/tickets.graphql') },
  ]);
  await writeFile(path, 'subgraphs:\n  tickets: {}\n');
  await expect(readRoverConfig(path)).rejects.toThrow();
  await rm(folder, { recursive: true });
});

test('the project’s own rover.yaml names the five subgraphs', async () => {
  const names = (await readRoverConfig('rover.yaml')).map(({ name }) => name);
  expect(names).toEqual(['identity', 'spaces', 'tickets', 'payments', 'partners']);
});

test('the client’s schema has neither the joins nor the directives of the supergraph', () => {
  const { supergraph, api } = compose([
    subgraph('tickets', 'type Query { ticket: Ticket } type Ticket @key(fields: "id") { id: ID! }'),
    subgraph('payments', 'type Ticket @key(fields: "id") { id: ID! due: Int }'),
  ]);
  expect(supergraph).toContain('join__Graph');
  expect(api).toContain('due: Int');
  expect(api).not.toMatch(/join__|@key|@link/);
});

test('subgraphs that do not fit together are refused with the reasons', () => {
  const parts = [
    subgraph('tickets', 'type Query { ticket: Ticket } type Ticket @key(fields: "id") { id: ID! due: Int }'),
    subgraph('payments', 'type Ticket @key(fields: "id") { id: ID! due: Int }'),
  ];
  expect(() => compose(parts)).toThrow(/do not compose:\n.*Ticket\.due/);
});

test('what clients would trip over is found; what they would not is no break', async () => {
  const before = 'type Query { ticket(id: ID): Ticket } type Ticket { id: ID code: String! }';
  const after = 'type Query { ticket(id: ID!): Ticket more: Int } type Ticket { id: ID code: String }';
  expect(await breakingChanges(before, after)).toEqual([
    expect.stringContaining('Query.ticket'),
    expect.stringContaining('Ticket.code'),
  ]);
  expect(await breakingChanges(before, before.replace('ticket(', 'more: Int ticket('))).toEqual([]);
});
