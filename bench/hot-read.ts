import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { GraphClient, type Operation } from '../replay/graph-client.js';
import { recordEntries } from '../replay/operations.js';
import { authenticate } from '../replay/session.js';
import { startChild, startPlaza } from './plaza.js';
import { race, report, type RaceOptions } from './race.js';
import { newPlate, openSite } from './site.js';

const TICKETS = 50;

interface Page {
  viewer: unknown;
  tickets: { nodes: { space: unknown; quote: { due: { amount: string } }; payments: unknown[] }[] };
}

/** Tickets and vehicles (tickets), space, location and occupancy (spaces), quote and payments (payments), identity. */
const PAGE: Operation<Page, { locationId: string }> = {
  name: 'page',
  text: `query Page($locationId: ID!) {
    viewer { organization { id name } }
    tickets(locationId: $locationId, first: ${TICKETS}) {
      nodes {
        id code status enteredAt
        vehicle { plate kind }
        space { number kind location { name occupancy { total occupied available } } }
        quote { total { amount currencyCode } due { amount currencyCode } validUntil }
        payments { id method status amount { amount currencyCode } }
      }
    }
  }`,
};

/** A page of 50 tickets across four subgraphs beside a plain server that answers the same bytes; returns the report. */
export async function hotRead(options: RaceOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-bytes-'));
  const plaza = await startPlaza();
  const graph = new GraphClient(plaza.url, options.concurrency);
  try {
    await authenticate(graph, null);
    const locationId = await openSite(graph, TICKETS);
    await fill(graph, locationId);
    const page = await graph.request(PAGE, { locationId });
    checkPage(page);
    const bytes = join(folder, 'page.json');
    await writeFile(bytes, JSON.stringify({ data: page }));
    const plain = await startChild('bench/plain-server.ts', [bytes], /Answering at (\S+)/);
    const plainClient = new GraphClient(plain.ready, options.concurrency);
    plainClient.accessToken = graph.accessToken;
    try {
      const read = (name: string, client: GraphClient) => ({
        name,
        run: async () => checkPage(await client.request(PAGE, { locationId })),
      });
      const contenders = [read('through the gateway', graph), read('plain node:http', plainClient)];
      return report(await race(contenders, options), 'pages');
    } finally {
      await plainClient.close();
      await plain.stop();
    }
  } finally {
    await graph.close();
    await plaza.stop();
    await rm(folder, { recursive: true });
  }
}

async function fill(graph: GraphClient, locationId: string): Promise<void> {
  const enteredAt = new Date(Date.now() - 30_000).toISOString();
  for (let entered = 0; entered < TICKETS; entered += 10) {
    const entries = Array.from({ length: 10 }, () => ({
      locationId,
      plate: newPlate(),
      enteredAt,
      idempotencyKey: randomUUID(),
    }));
    await recordEntries(graph, entries);
  }
}

function checkPage({ viewer, tickets: { nodes } }: Page): void {
  const whole = nodes.every(
    ({ space, quote, payments }) => space && Number(quote.due.amount) > 0 && payments,
  );
  if (!viewer || nodes.length !== TICKETS || !whole) throw new Error('a page is not whole');
}
