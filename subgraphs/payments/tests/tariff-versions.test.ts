import { jest } from '@jest/globals';
import { isUniqueViolation } from '@plaza/platform/database/postgres-errors';
import { sql } from '@plaza/platform/database/sql';
import { Transaction } from '@plaza/platform/database/transaction';
import { newId } from '@plaza/platform/ids';
import { readStayAccounts } from '../src/database/stay-account.queries.js';
import { insertVersion, readVersionsInForce, readVersionPages } from '../src/database/tariff.queries.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { publishTariff } from '../src/use-cases/publish-tariff.js';
import { quoteOf } from '../src/use-cases/quote-of-stay.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { retireTariff, type RetireTariffInput } from '../src/use-cases/retire-tariff.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { HOUR, HOURLY, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => {
  on = await openPayments();
});
afterAll(() => on.close());

const later = (hours: number) => new Date(on.clock.now().getTime() + hours * HOUR);
const priced = (price: string, over: Partial<TariffRulesInput> = {}): TariffRulesInput => ({
  ...HOURLY,
  bands: [{ steps: [{ minutes: 60, price }] }],
  caps: [],
  ...over,
});
async function publish(locationId: string, tariff: TariffRulesInput, effectiveFrom: Date) {
  const published = await publishTariff(on.as(), { locationId, name: 'Next', tariff, effectiveFrom });
  if (published.__typename !== 'TariffPublished') throw new Error(published.message);
  return published.tariff;
}
const retire = (input: RetireTariffInput) => retireTariff(on.as(), input);
const numberAt = async (locationId: string, at: Date) => {
  const [found] = await on.database.read(on.viewer, (tx) => readVersionsInForce(tx, [{ locationId, at }]));
  return found?.number ?? null;
};
const dueAt = async (ticketId: string, at: Date) => {
  const [stay] = await on.database.read(on.viewer, (tx) => readStayAccounts(tx, [ticketId]));
  if (!stay) throw new Error('The stay is gone.');
  return quoteOf(stay, at).due;
};

const versionsOf = async (locationId: string, first: number, after: string | null = null) => {
  const [page] = await on.database.read(on.viewer, (tx) =>
    readVersionPages(tx, [{ locationId, first, after }]),
  );
  return page!;
};

test('a version published for later begins then, and the one before ends', async () => {
  const locationId = await on.openLocation();
  const scheduled = await publish(locationId, priced('5.00'), later(2));
  expect(scheduled).toMatchObject({ number: 2, effectiveUntil: null });
  expect(await numberAt(locationId, later(1))).toBe(1);
  expect(await numberAt(locationId, later(2))).toBe(2);
  const versions = await versionsOf(locationId, 10);
  expect(versions.map(({ number, effectiveUntil }) => [number, effectiveUntil])).toEqual([
    [2, null],
    [1, later(2)],
  ]);
});

test('a list of versions goes on behind the last one of a page, also where two begin at the same instant', async () => {
  const locationId = await on.openLocation();
  const { id } = await publish(locationId, priced('5.00'), later(2));
  await retire({ tariffId: id });
  for (const hours of [2, 3, 4]) await publish(locationId, priced('6.00'), later(hours));
  const pages: number[][] = [];
  for (let after: string | null = null; ;) {
    const page = await versionsOf(locationId, 2, after);
    if (page.length === 0) break;
    pages.push(page.map(({ number }) => number));
    after = page.at(-1)!.id;
  }
  expect(pages).toEqual([[5, 4], [3, 2], [1]]);
  const elsewhere = await on.openLocation();
  expect(await versionsOf(elsewhere, 2, id)).toEqual([]);
});

test('a version that has not begun is withdrawn as a whole, and the one before goes on', async () => {
  const locationId = await on.openLocation();
  const { id } = await publish(locationId, priced('5.00'), later(2));
  const retired = await retire({ tariffId: id });
  expect(retired).toMatchObject({ __typename: 'TariffRetired', tariff: { retiredFrom: later(2) } });
  expect(await numberAt(locationId, later(3))).toBe(1);
});

test('a version in force is retired: who is inside keeps it, who enters later parks free of charge', async () => {
  const locationId = await on.openLocation();
  const ticketId = await on.enter(locationId, 1);
  const [version] = await versionsOf(locationId, 1);
  const first = await retire({ tariffId: version!.id, from: later(1), idempotencyKey: 'once' });
  expect(first).toMatchObject({ __typename: 'TariffRetired', tariff: { effectiveUntil: later(1) } });
  expect(await retire({ tariffId: version!.id, from: later(1), idempotencyKey: 'once' })).toMatchObject({
    __typename: 'TariffRetired',
  });
  expect(await numberAt(locationId, later(0.5))).toBe(1);
  expect(await numberAt(locationId, later(1))).toBeNull();
  expect(await dueAt(ticketId, later(3))).toBe(800);
  const events = await on.see(
    `select data from events.event where type = 'tariff.retired' and location_id = $1`,
    [locationId],
  );
  expect(events).toEqual([{ data: expect.objectContaining({ retiredFrom: later(1).toISOString() }) }]);
});

test('a retirement reads its version once', async () => {
  const locationId = await on.openLocation();
  const { id } = await publish(locationId, priced('5.00'), later(2));
  const rows = jest.spyOn(Transaction.prototype, 'rows');
  expect(await retire({ tariffId: id })).toMatchObject({ __typename: 'TariffRetired' });
  const reads = rows.mock.calls.filter(([read]) => JSON.stringify(read).includes('tariff_validity'));
  rows.mockRestore();
  expect(reads).toHaveLength(1);
});

test('ten retirements at once make one', async () => {
  const locationId = await on.openLocation();
  const [version] = await versionsOf(locationId, 1);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => retire({ tariffId: version!.id })));
  expect(outcomes.filter(({ __typename }) => __typename === 'TariffRetired')).toHaveLength(1);
  expect(outcomes.filter(({ __typename }) => __typename === 'TariffEnded')).toHaveLength(9);
});

test('the past is not retired, nor another tenant’s tariff, nor does a retirement change', async () => {
  const locationId = await on.openLocation();
  const [version] = await versionsOf(locationId, 1);
  const tariffId = version!.id;
  await expect(retire({ tariffId, from: later(-1) })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'from' },
  });
  const stranger = { ...on.viewer, tenantId: '0198c0de-0000-7000-8000-0000000000ff' };
  await expect(retireTariff(on.as(stranger), { tariffId })).rejects.toMatchObject({
    extensions: { code: 'NOT_FOUND' },
  });
  await retire({ tariffId });
  await expect(on.see('update payments.tariff_retirement set retired_from = now()')).rejects.toThrow(
    'never changed',
  );
  await expect(
    on.database.write(on.viewer, (tx) =>
      tx.run(sql`
        insert into payments.tariff_retirement (version_id, location_id, retired_from)
        select id, location_id, effective_from - interval '1 hour' from payments.tariff_version
        where location_id <> ${locationId} limit 1`),
    ),
  ).rejects.toThrow('does not begin before');
});

test('a tariff that says so prices the time after the next version’s beginning by that one', async () => {
  const locationId = await on.openLocation(on.viewer, priced('2.00', { onNewVersion: 'SPLIT' }));
  const kept = await on.openLocation(on.viewer, priced('2.00'));
  const [split, keeping] = [await on.enter(locationId, 0), await on.enter(kept, 0)];
  for (const place of [locationId, kept]) await publish(place, priced('3.00'), later(2));
  const withdrawn = await publish(locationId, priced('9.00'), later(3));
  await retire({ tariffId: withdrawn.id });
  expect(await dueAt(split, later(4))).toBe(2 * 200 + 2 * 300);
  expect(await dueAt(keeping, later(4))).toBe(4 * 200);
});

test('a start in the past is refused once a vehicle has entered since, and what was paid stays paid', async () => {
  const locationId = await on.openLocation();
  const ticketId = await on.enter(locationId, 2);
  const published = await publishTariff(on.as(), {
    locationId,
    name: 'Dearer',
    tariff: priced('20.00'),
    effectiveFrom: later(-3),
  });
  expect(published).toMatchObject({ __typename: 'TariffInvalid', faults: [{ path: 'effectiveFrom' }] });
  expect(await dueAt(ticketId, on.clock.now())).toBe(400);
  // nobody has entered since
  await publish(locationId, priced('20.00'), later(-1));
});

test('a start in the past that would price a stay anew is refused, whether its vehicle has left or is inside', async () => {
  const locationId = await on.openLocation(on.viewer, priced('2.00', { onNewVersion: 'SPLIT' }));
  const ticketId = await on.enter(locationId, 3);
  const backdated = (hours: number) =>
    publishTariff(on.as(), {
      locationId,
      name: 'Dearer',
      tariff: priced('20.00'),
      effectiveFrom: later(hours),
    });
  expect(await backdated(-2)).toMatchObject({
    __typename: 'TariffInvalid',
    faults: [{ path: 'effectiveFrom' }],
  });
  await payTicket(on.as(), { ticketId, method: 'CASH' });
  expect(await recordExit(on.as(), { ticketId, exitedAt: later(-1) })).toMatchObject({
    __typename: 'VehicleExited',
  });
  expect(await backdated(-2)).toMatchObject({ __typename: 'TariffInvalid' });
  // it had left by then
  expect(await backdated(-0.5)).toMatchObject({ __typename: 'TariffPublished' });
});

describe('the instant of a version that was withdrawn', () => {
  test('is published for again, and who enters then is charged by the second one', async () => {
    const locationId = await on.openLocation();
    const withdrawn = await publish(locationId, priced('5.00'), later(2));
    const again = () =>
      publishTariff(on.as(), {
        locationId,
        name: 'Again',
        tariff: priced('7.00'),
        effectiveFrom: later(2),
      });
    expect(await again()).toMatchObject({
      __typename: 'TariffInvalid',
      faults: [{ path: 'effectiveFrom' }],
    });
    await retire({ tariffId: withdrawn.id });
    expect(await again()).toMatchObject({ __typename: 'TariffPublished', tariff: { number: 3 } });
    expect(await again()).toMatchObject({ __typename: 'TariffInvalid' });
    expect([await numberAt(locationId, later(1)), await numberAt(locationId, later(2))]).toEqual([1, 3]);
    const versions = await versionsOf(locationId, 10);
    expect(versions.map(({ number, effectiveUntil }) => [number, effectiveUntil])).toEqual([
      [3, null],
      [2, later(2)],
      [1, later(2)],
    ]);
  });

  test('is given back only by a withdrawal', async () => {
    const locationId = await on.openLocation();
    const { id } = await publish(locationId, priced('5.00'), later(2));
    await retire({ tariffId: id, from: later(3) });
    const starts = () =>
      on.see<{ version_id: string }>(
        'select version_id from payments.tariff_start where location_id = $1 and starts_at = $2',
        [locationId, later(2)],
      );
    expect(await starts()).toEqual([{ version_id: id }]);
    await expect(on.see('delete from payments.tariff_start where version_id = $1', [id])).rejects.toThrow(
      'Only a version that is withdrawn',
    );
    await expect(on.see('update payments.tariff_start set starts_at = now()')).rejects.toThrow(
      'never changed',
    );
  });

  test('belongs to one version, however many are stored at once', async () => {
    const locationId = await on.openLocation();
    const { id, tariffId, rules } = await publish(locationId, priced('5.00'), later(2));
    await retire({ tariffId: id });
    // past the lock that publications take
    const stored = await Promise.allSettled(
      Array.from({ length: 8 }, (_, one) =>
        on.database.write(on.viewer, (tx) =>
          insertVersion(tx, {
            id: newId(),
            tariffId,
            locationId,
            number: 10 + one,
            name: 'Next',
            effectiveFrom: later(2),
            rules,
          }),
        ),
      ),
    );
    const refused = stored.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused.map((reason) => isUniqueViolation(reason, 'tariff_start_once'))).toEqual(
      Array<boolean>(7).fill(true),
    );
  });
});
