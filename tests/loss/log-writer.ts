import { BELL_CHANNEL } from '@plaza/platform/events/channels';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../replay/random.js';
import { type Place, type Tenant, WRITTEN } from './tenant.js';
import type { Writing } from './writing.js';

/** What becomes of a transaction: most commit at once, some never, some when others have long overtaken them. */
const ABORTED = 0.1;
const LATE = 0.15;
/** How many events of others a late transaction lets pass at most. */
const LATEST = 200;
const MOST_EVENTS = 4;
const RECONNECT_MS = 50;

/** Appends events as a product's role does, past the graph, until enough is written. Survives the death of its server. */
export async function writeIntoLog(
  url: () => string,
  tenants: readonly Tenant[],
  random: Random,
  writing: Writing,
): Promise<void> {
  while (!writing.done) {
    const client = new pg.Client({ connectionString: url(), application_name: 'loss writer' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      while (await writing.mayBegin()) await transaction(client, pick(tenants, random), random, writing);
    } catch {
      // the server was killed: what was not acknowledged may be there or not, the log itself will say
      await sleep(RECONNECT_MS * (0.5 + Math.random()));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function transaction(
  client: pg.Client,
  tenant: Tenant,
  random: Random,
  writing: Writing,
): Promise<void> {
  const events = 1 + Math.floor(random() * MOST_EVENTS);
  const fate = random();
  await client.query('begin');
  await client.query(`select set_config('plaza.tenant', $1, true)`, [tenant.id]);
  for (let event = 0; event < events; event += 1)
    await append(client, pick(tenant.places, random), pick(WRITTEN, random));
  if (fate < ABORTED) {
    await client.query('rollback');
    return;
  }
  if (fate < ABORTED + LATE) await writing.reached(writing.committed + random() * LATEST);
  await client.query('commit');
  writing.add(events);
  // every second one does not ring, as a restore or somebody with psql would not: the sequencer's poll finds it
  if (random() < 0.5) await client.query(`notify ${BELL_CHANNEL}`);
}

/** Commits one event of each of the tenant's places, and rings. Answers the events' ids. */
export async function appendOneEach(client: pg.Client, tenant: Tenant, type: string): Promise<string[]> {
  await client.query('begin');
  await client.query(`select set_config('plaza.tenant', $1, true)`, [tenant.id]);
  const ids: string[] = [];
  for (const place of tenant.places) ids.push(await append(client, place, type));
  await client.query('commit');
  await client.query(`notify ${BELL_CHANNEL}`);
  return ids;
}

async function append(client: pg.Client, place: Place, type: string): Promise<string> {
  const { locationId, ticketId, spaceId } = place;
  const [subject, id] = type.startsWith('space.') ? ['Space', spaceId] : ['Ticket', ticketId];
  const { rows } = await client.query<{ id: string }>(
    'select events.append($1, $2, $3, $4, clock_timestamp(), $5) as id',
    [type, subject, id, locationId, { ticketId, spaceId }],
  );
  return (rows[0] as { id: string }).id;
}

const pick = <Item>(items: readonly Item[], random: Random): Item =>
  items[Math.floor(random() * items.length)] as Item;
