import 'reflect-metadata';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { graphql } from 'graphql';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { grantPermit, type GrantPermitInput } from '../src/use-cases/grant-permit.js';
import { revokePermit } from '../src/use-cases/revoke-permit.js';
import { Gate, minute } from './gate.js';
import { HOURLY } from './payments-fixture.js';

let gate: Gate;
let locationId: string;
beforeAll(async () => {
  gate = await Gate.open();
  locationId = await gate.location(HOURLY, 60);
});
afterAll(() => gate.close());
beforeEach(() => gate.on.clock.set(minute(0)));

let plates = 0;
const newPlate = () => `RES${(plates += 1)}`;

const grant = (plate: string, over: Partial<GrantPermitInput> = {}) =>
  grantPermit(gate.on.as(), { plate, locationIds: [locationId], ...over });

/** What a stay of this plate would be quoted between two minutes after ten. */
async function total(plate: string, from: number, to: number, at = locationId): Promise<number> {
  const ticketId = await gate.enter(at, from, plate);
  const { total: amount } = await gate.quote(ticketId, to);
  await gate.on.mark(ticketId, 'VOID');
  return amount;
}

test('a stay that begins while a permit is valid costs nothing, and says why', async () => {
  const plate = newPlate();
  await grant(`${plate.slice(0, 3)}-${plate.slice(3).toLowerCase()}`);
  const ticketId = await gate.enter(locationId, 5, plate);
  expect(await gate.quote(ticketId, 300)).toMatchObject({
    total: 0,
    lines: [{ rule: 'PERMIT', from: minute(5), to: minute(300) }],
  });
  gate.on.clock.set(minute(300));
  await gate.leave(ticketId, 300);
  expect(await total(newPlate(), 5, 60)).toBe(200);
});

test('outside the hours of the permit the tariff counts', async () => {
  const plate = newPlate();
  await grant(plate, { windows: [{ from: '12:00', to: '14:00' }] });
  // ten to three: two hours before, two covered, one after
  expect(await total(plate, 0, 300)).toBe(600);
});

test('it is the entry that has to lie in the time of the permit', async () => {
  const plate = newPlate();
  await grant(plate, { validFrom: minute(60), validTo: minute(120) });
  expect(await total(plate, 59, 100)).toBe(200);
  expect(await total(plate, 60, 400)).toBe(0);
  expect(await total(plate, 119, 400)).toBe(0);
  expect(await total(plate, 120, 130)).toBe(200);
});

test('a permit that is revoked covers the stays under way to their end, and no later one', async () => {
  const plate = newPlate();
  const { permits } = await grant(plate);
  const inside = await gate.enter(locationId, 10, plate);
  gate.on.clock.set(minute(30));
  const revoke = () => revokePermit(gate.on.as(), { permitId: permits[0]?.id as string });
  const revoked = await Promise.all([revoke(), revoke()]);
  expect(revoked.map(({ permit }) => permit.revokedAt)).toEqual([minute(30), minute(30)]);
  expect((await gate.quote(inside, 300)).total).toBe(0);
  gate.on.clock.set(minute(300));
  await gate.leave(inside, 300);
  expect(await total(plate, 301, 310)).toBe(200);
  const events = await gate.on.see(`select type from events.event where subject_id = $1 order by seq`, [
    permits[0]?.id,
  ]);
  expect(events).toEqual([{ type: 'permit.granted' }, { type: 'permit.revoked' }]);
});

test('a permit that is granted now changes nothing of a stay that has begun', async () => {
  const plate = newPlate();
  const inside = await gate.enter(locationId, -30, plate);
  await grant(plate);
  expect((await gate.quote(inside, 20)).total).toBe(200);
  await expect(grant(plate, { validFrom: minute(-1) })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    extensions: { field: 'validFrom' },
  });
  const past = sql`
    insert into payments.permit (location_id, plate, windows, valid_from, granted_at)
    values (${locationId}, ${plate}, '[]', ${minute(-60)}, ${minute(0)})`;
  await expect(gate.on.database.write(gate.on.viewer, (tx) => tx.run(past))).rejects.toMatchObject({
    constraint: 'permit_is_not_for_the_past',
  });
});

test('it counts at its locations, and permits of several hours add up', async () => {
  const [plate, other] = [newPlate(), await gate.location(HOURLY)];
  await grant(plate, { locationIds: [locationId, other], windows: [{ from: '10:00', to: '11:00' }] });
  await grant(plate, { windows: [{ from: '11:00', to: '12:00' }] });
  expect(await total(plate, 0, 180)).toBe(200);
  expect(await total(plate, 0, 180, other)).toBe(400);
  expect(await total(plate, 0, 60, await gate.location(HOURLY))).toBe(200);
});

test('a stay that goes on is covered by what covered its first part', async () => {
  const returning = await gate.location({ ...HOURLY, graces: { exit: 15, reentry: 30 } });
  const plate = newPlate();
  await grant(plate, { locationIds: [returning], validTo: minute(20) });
  gate.on.clock.set(minute(60));
  await gate.payAndLeave(await gate.enter(returning, 0, plate), 15);
  const back = await gate.enter(returning, 25, plate);
  expect((await gate.quote(back, 60)).total).toBe(0);
});

test('what is no permit is refused, and one key grants once', async () => {
  const refused = (over: Partial<GrantPermitInput>, field: string) =>
    expect(grant(newPlate(), over)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', extensions: { field } });
  await refused({ plate: '?' }, 'plate');
  await refused({ locationIds: [] }, 'locationIds');
  await refused({ validTo: minute(0) }, 'validTo');
  await refused({ windows: [{ from: '24:00', to: '10:00' }] }, 'windows.0.from');
  await refused({ windows: [{ from: '10:00', to: '25:00' }] }, 'windows.0.to');
  await expect(grant(newPlate(), { locationIds: [newId()] })).rejects.toThrow('The location');
  const plate = newPlate();
  const idempotencyKey = newId();
  const granted = await Promise.all(Array.from({ length: 4 }, () => grant(plate, { idempotencyKey })));
  expect(new Set(granted.flatMap(({ permits }) => permits.map(({ id }) => id))).size).toBe(1);
});

test('a permit stays written, and belongs to its tenant and its location', async () => {
  const { permits } = await grant(newPlate());
  const permitId = permits[0]?.id as string;
  await revokePermit(gate.on.as(), { permitId });
  for (const table of ['permit', 'permit_revocation']) {
    for (const change of [
      `update payments.${table} set location_id = location_id`,
      `delete from payments.${table}`,
    ]) {
      await expect(gate.on.see(change)).rejects.toThrow('is never changed');
    }
    const seen = (viewer = gate.on.viewer) =>
      gate.on.database.read(viewer, (tx) =>
        tx.one<{ count: number }>(sql`select count(*) from payments.${sql.raw(table)}`),
      );
    expect((await seen()).count).toBeGreaterThan(0);
    expect(await seen(testViewer())).toEqual({ count: 0 });
    expect(await seen({ ...gate.on.viewer, locationIds: [] })).toEqual({ count: 0 });
  }
  await expect(revokePermit(gate.on.as(testViewer()), { permitId })).rejects.toThrow('The permit');
  const reader = gate.on.as({ ...gate.on.viewer, scopes: ['customers:read'] });
  const forbidden = { code: 'FORBIDDEN' };
  await expect(grantPermit(reader, { plate: 'X1', locationIds: [locationId] })).rejects.toMatchObject(
    forbidden,
  );
  await expect(revokePermit(reader, { permitId })).rejects.toMatchObject(forbidden);
});

test('the graph grants, lists and revokes', async () => {
  const subgraph = await createPaymentsSubgraph({ ...gate.on.as(), secrets: gate.on.test.secrets });
  const run = async (source: string, viewer = gate.on.viewer) => {
    const contextValue = subgraph.context(viewer, 'test');
    const { data, errors } = await graphql({ schema: subgraph.schema, source, contextValue });
    if (errors?.[0]) throw errors[0];
    return structuredClone(data) as Record<string, unknown>;
  };
  const other = await gate.location(HOURLY);
  const granted = await run(`mutation { grantPermit(input: { plate: "gr-1", locationIds: ["${other}"],
    windows: [{ days: [MON], from: "08:00", to: "24:00" }] }) { ... on PermitGranted { permits {
      id plate location { id } windows { days from to } validTo revokedAt } } } }`);
  const { permits } = granted.grantPermit as { permits: { id: string }[] };
  const windows = [{ days: ['MON'], from: '08:00', to: '24:00' }];
  const permit = { plate: 'GR1', location: { id: other }, windows, validTo: null, revokedAt: null };
  expect(permits).toMatchObject([permit]);
  await grant('GR2', { locationIds: [other] });
  const list = (args: string, viewer = gate.on.viewer) =>
    run(
      `{ _entities(representations: [{ __typename: "Location", id: "${other}" }]) { ... on Location {
        permits${args} { totalCount nodes { plate } pageInfo { hasNextPage } } } } }`,
      viewer,
    );
  const page = (totalCount: number, hasNextPage: boolean, ...found: string[]) => ({
    _entities: [
      { permits: { totalCount, nodes: found.map((plate) => ({ plate })), pageInfo: { hasNextPage } } },
    ],
  });
  expect(await list('')).toEqual(page(2, false, 'GR2', 'GR1'));
  expect(await list('(first: 1)')).toEqual(page(2, true, 'GR2'));
  expect(await list('(plate: "Gr 1")')).toEqual(page(1, false, 'GR1'));
  expect(await list('(plate: "?")')).toEqual(page(0, false));
  expect(await list('', testViewer())).toEqual(page(0, false));
  const revoked = await run(`mutation { revokePermit(input: { permitId: "${permits[0]?.id}" }) {
    ... on PermitRevoked { permit { revokedAt } } } }`);
  expect(revoked).toEqual({ revokePermit: { permit: { revokedAt: minute(0).toISOString() } } });
});
