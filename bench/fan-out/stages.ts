import { randomUUID } from 'node:crypto';
import { appendEvent } from '@plaza/platform/events/append';
import { Database } from '@plaza/platform/database/database';
import { GraphClient, type Operation } from '../../replay/graph-client.js';
import { authenticate } from '../../replay/session.js';
import { startChild, startPlaza } from '../plaza.js';
import { newPlate, openSite } from '../site.js';

/** A server with something to watch: Plaza, or one of its rivals. */
export interface Stage {
  name: string;
  /** Where and as whom to subscribe. */
  url: string;
  authorization?: string;
  variables: object;
  /** Makes one change of the occupancy; `occupied` is the number that subscribers are told. */
  change(occupied: number): Promise<void>;
  /** Makes many events at once. */
  burst(events: number): Promise<void>;
  /** The server's resident memory, in bytes; undefined where it is not told. */
  memory(): Promise<number | undefined>;
  stop(): Promise<void>;
}

const SPACES = 4_000;
const CONNECTIONS = 4;

const VIEWER: Operation<{ viewer: { organization: { id: string } } }, object> = {
  name: 'viewer',
  text: '{ viewer { organization { id } } }',
};
const ENTER: Operation<{ recordEntry: { ticket?: { id: string } } }, { input: object }> = {
  name: 'recordEntry',
  text: 'mutation ($input: RecordEntryInput!) { recordEntry(input: $input) { ... on VehicleEntered { ticket { id } } } }',
};

/** Plaza, as `npm start` runs it, with quotas for as many as the benchmark brings. */
export async function plazaStage(): Promise<Stage> {
  const plaza = await startPlaza({
    PLAZA_SUBSCRIPTIONS_PER_VIEWER: '100000',
    PLAZA_SUBSCRIPTIONS_PER_ORGANIZATION: '100000',
  });
  const graph = new GraphClient(plaza.url, CONNECTIONS);
  await authenticate(graph, null);
  const locationId = await openSite(graph, SPACES);
  const { viewer } = await graph.request(VIEWER, {});
  const tenantId = viewer.organization.id;
  const database = new Database({ url: plaza.databaseUrl('tickets'), max: 2, applicationName: 'fan-out' });
  const tickets: string[] = [];
  const enter = async () => {
    const input = { locationId, plate: newPlate(), idempotencyKey: randomUUID() };
    const { recordEntry } = await graph.request(ENTER, { input });
    if (!recordEntry.ticket) throw new Error('A car could not enter.');
    tickets.push(recordEntry.ticket.id);
  };
  return {
    name: 'Plaza',
    url: `${plaza.url.replace('http', 'ws')}/graphql`,
    authorization: `Bearer ${await graph.accessToken()}`,
    variables: { locationId },
    change: enter,
    async burst(events) {
      if (tickets.length === 0) await enter();
      await database.write({ tenantId }, async (tx) => {
        await Promise.all(
          Array.from({ length: events }, (_, index) =>
            appendEvent(tx, {
              type: 'ticket.closed',
              subject: { type: 'Ticket', id: tickets[index % tickets.length] ?? '' },
              locationId,
              occurredAt: new Date(),
              data: {},
            }),
          ),
        );
      });
    },
    async memory() {
      const text = await (await fetch(`${plaza.url}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
    },
    async stop() {
      await graph.close();
      await database.close();
      await plaza.stop();
    },
  };
}

/** One of the servers of rivals.ts. */
export async function rivalStage(kind: 'raw' | 'each', name: string): Promise<Stage> {
  const child = await startChild('bench/fan-out/rivals.ts', [kind], /Answering at (\S+)/);
  let changes = 0;
  const tell = (lines: string) => Promise.resolve(void child.input.write(lines));
  return {
    name,
    url: child.ready,
    variables: { locationId: randomUUID() },
    change: (occupied) => tell(`${occupied}\n`),
    burst: (events) => tell(Array.from({ length: events }, () => `${(changes += 1)}\n`).join('')),
    memory: () => Promise.resolve(undefined),
    stop: () => child.stop(),
  };
}
