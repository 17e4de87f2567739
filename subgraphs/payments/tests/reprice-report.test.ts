import type { RepriceReportRow } from '../src/database/reprice-report.entity.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { reckonReports } from '../src/use-cases/reckon-reports.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { showRepriceReport, startRepriceReport } from '../src/use-cases/reprice-report.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { HOUR, HOURLY, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => {
  on = await openPayments();
});
afterAll(() => on.close());

const never = new AbortController().signal;
const around = () => ({
  from: new Date(on.clock.now().getTime() - HOUR),
  to: new Date(on.clock.now().getTime() + HOUR),
});
const DEARER: TariffRulesInput = {
  ...HOURLY,
  bands: [{ steps: [{ minutes: 60, price: '3.00' }] }],
  caps: [],
};

async function leave(locationId: string, hours: number): Promise<void> {
  const ticketId = await on.enter(locationId, hours);
  await payTicket(on.as(), { ticketId, method: 'CASH' });
  const { __typename } = await recordExit(on.as(), { ticketId });
  if (__typename !== 'VehicleExited') throw new Error(__typename);
}
const show = async ({ id }: RepriceReportRow) =>
  (await showRepriceReport(on.as(), id)) as unknown as RepriceReportRow;

test('a past period is priced by another tariff, in the background, stay by stay', async () => {
  const locationId = await on.openLocation();
  for (const hours of [1, 2, 20]) await leave(locationId, hours);
  await on.enter(locationId, 3);
  const begun = await startRepriceReport(on.as(), { locationId, ...around(), tariff: DEARER });
  expect(begun).toMatchObject({ stays: 3, priced: 0, finishedAt: null });
  expect(await reckonReports(on.as(), never)).toBe(1);
  expect(await show(begun)).toMatchObject({
    stays: 3,
    priced: 3,
    // by the hour at 2.00, at most 20.00; and by the hour at 3.00
    charged: 200 + 400 + 2000,
    wouldCharge: 300 + 600 + 6000,
    dearer: 3,
    cheaper: 0,
    finishedAt: on.clock.now(),
  });
});

test('no stay is counted twice, however many processes work on a report', async () => {
  const locationId = await on.openLocation();
  for (let car = 0; car < 12; car += 1) await leave(locationId, 1);
  const begun = await startRepriceReport(on.as(), { locationId, ...around(), tariff: DEARER });
  const finished = await Promise.all(Array.from({ length: 6 }, () => reckonReports(on.as(), never)));
  expect(finished.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await show(begun)).toMatchObject({ priced: 12, charged: 2400, wouldCharge: 3600 });
});

test('a report that was left goes on behind the last stay that it counted', async () => {
  const locationId = await on.openLocation();
  for (let car = 0; car < 3; car += 1) await leave(locationId, 1);
  const begun = await startRepriceReport(on.as(), { locationId, ...around(), tariff: DEARER });
  // as a process leaves it that dies after its first page of one
  await on.see(
    `update payments.reprice_report r set priced = 1, charged = 200, would_charge = 300, dearer = 1,
       last_exit = t.exited_at, last_ticket = t.id
     from (select id, exited_at from tickets.ticket where location_id = $2 order by exited_at, id limit 1) t
     where r.id = $1`,
    [begun.id, locationId],
  );
  await reckonReports(on.as(), never);
  expect(await show(begun)).toMatchObject({ priced: 3, charged: 600, wouldCharge: 900 });
});

test('a report under large rules leaves turns to others', async () => {
  const locationId = await on.openLocation();
  for (let car = 0; car < 30; car += 1) await leave(locationId, 72);
  const clock = (minute: number) =>
    [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  const bands = Array.from({ length: 16 }, (_, band) => ({
    name: `Band ${band}`,
    windows: Array.from({ length: 64 }, (_none, one) => {
      const from = (one * 22 + band) % 1430;
      return { from: clock(from), to: clock(from + 9) };
    }),
    steps: [{ minutes: 1, price: '0.01' }],
  }));
  await startRepriceReport(on.as(), {
    locationId,
    ...around(),
    tariff: { currencyCode: 'EUR', bands, overlap: 'CHEAPEST' },
  });
  const turns: number[] = [];
  const ticking = setInterval(() => turns.push(performance.now()), 1);
  const began = performance.now();
  await reckonReports(on.as(), never);
  const took = performance.now() - began;
  clearInterval(ticking);
  const waits = turns.map((turn, at) => turn - (turns[at - 1] ?? began));
  expect(Math.max(...waits)).toBeLessThan(took / 3);
});

test.each([
  ['to', { to: new Date(0) }],
  ['to', { from: new Date('2020-01-01T00:00:00Z') }],
  [
    'tariff.bands.0.steps.0.minutes',
    { tariff: { ...DEARER, bands: [{ steps: [{ minutes: 0, price: '1' }] }] } },
  ],
  ['tariff.currencyCode', { tariff: { ...DEARER, currencyCode: 'USD' } }],
])('a wrong %s is refused', async (field, over) => {
  const locationId = await on.openLocation();
  await expect(
    startRepriceReport(on.as(), { locationId, ...around(), tariff: DEARER, ...over }),
  ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field } });
});

test('nobody sees or begins a report of another tenant’s location', async () => {
  const locationId = await on.openLocation();
  const begun = await startRepriceReport(on.as(), { locationId, ...around(), tariff: DEARER });
  const stranger = { ...on.viewer, tenantId: '0198c0de-0000-7000-8000-0000000000ff' };
  expect(await showRepriceReport(on.as(stranger), begun.id)).toBeNull();
  await expect(
    startRepriceReport(on.as(stranger), { locationId, ...around(), tariff: DEARER }),
  ).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
});
