import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import pg from 'pg';
import { brokenPromises } from './plaza/broken-promises.js';
import { PlazaClient } from './plaza/client.js';
import { ENTER, LEAVE, openLocation, PAY, registerOrganization } from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

const ROUNDS = 3;
const CARS = 12;
const COMMANDS_BEFORE_THE_KILL = 120;

let database: TestDatabase;
let plaza: RunningPlaza;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await plaza.stop();
  await database.drop();
});

/** Drives cars in and out until the server dies; what was acknowledged before that is in `acknowledged`. */
async function drive(
  client: PlazaClient,
  locationId: string,
  car: string,
  acknowledged: Set<string>,
  told: () => void,
) {
  for (let stay = 0; ; stay += 1) {
    const { ticket } = await client.command(ENTER, {
      locationId,
      plate: `${car}S${stay}`,
      vehicleKind: 'CAR',
    });
    acknowledged.add(ticket.id as string);
    told();
    await client.command(PAY, {
      ticketId: ticket.id,
      ...(stay % 2 ? { method: 'CASH' } : { method: 'CARD', tender: { token: 'tok_approve' } }),
    });
    told();
    await client.command(LEAVE, { ticketId: ticket.id });
    told();
  }
}

async function existing(ids: Set<string>): Promise<number> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ found: string }>(
    `select count(*) found from tickets.ticket where id = any ($1::uuid[])`,
    [[...ids]],
  );
  await admin.end();
  return Number(rows[0]?.found);
}

test('a server killed in the middle of entries, payments and exits leaves nothing half done', async () => {
  plaza = await startPlaza(database);
  const owner = await registerOrganization(plaza.url);
  const locationId = await openLocation(owner.client, { spaces: 40 });
  const acknowledged = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const client = new PlazaClient(plaza.url, owner.client.token);
    let commands = 0;
    const enough = new Promise<void>((resolve) => {
      const told = () => (commands += 1) === COMMANDS_BEFORE_THE_KILL && resolve();
      for (let car = 0; car < CARS; car += 1) {
        // each ends with the connection that the kill breaks
        drive(client, locationId, `R${round}C${car}`, acknowledged, told).catch(() => undefined);
      }
    });
    await enough;
    await plaza.kill();
    expect(await brokenPromises(database)).toEqual({});
    plaza = await startPlaza(database);
  }
  expect(await existing(acknowledged)).toBe(acknowledged.size);
  // and life goes on, in the spaces that the dead processes left
  const client = new PlazaClient(plaza.url, owner.client.token);
  const { ticket } = await client.command(ENTER, { locationId, plate: 'ALIVE', vehicleKind: 'CAR' });
  expect(ticket.status).toBe('OPEN');
}, 180_000);
