import type { CarPark } from './csv.js';
import type { Run } from './drive.js';
import { addSpaces, createLocation, MOST_SPACES_AT_ONCE, publishTariff } from './operations.js';
import { LONGEST_WALK_TO_CAR_MS } from './plan.js';

/** Before the first car of the opening stock. */
const TARIFF_LEAD_MS = 7 * 86_400_000;

/** The series say nothing of prices: whole units, which every currency has. */
const TARIFF = {
  bands: [{ steps: [{ minutes: 60, price: '2' }] }],
  caps: [{ amount: '20', per: 'HOURS_24' }],
  graces: { entry: 10, exit: LONGEST_WALK_TO_CAR_MS / 60_000 + 5 },
  tax: { percent: '20' },
};

/** Makes a location with the car park's capacity and a tariff, and returns its id. */
export async function openLocation(
  { graph, id: runId }: Pick<Run, 'graph' | 'id'>,
  { code, capacity, recordings }: CarPark,
  { timeZone, currency }: { timeZone: string; currency: string },
): Promise<string> {
  const key = (story: string) => `replay:${runId}:${code}:${story}`.slice(0, 255);
  const locationId = await createLocation(graph, {
    name: `${code} (replay ${runId})`,
    timeZone,
    currencyCode: currency,
    idempotencyKey: key('location'),
  });
  for (let from = 1; from <= capacity; from += MOST_SPACES_AT_ONCE) {
    const count = Math.min(MOST_SPACES_AT_ONCE, capacity + 1 - from);
    await addSpaces(graph, {
      locationId,
      ranges: [{ from, count, kind: 'CAR' }],
      idempotencyKey: key(`spaces-${from}`),
    });
  }
  await publishTariff(graph, {
    locationId,
    name: 'Replay',
    tariff: { ...TARIFF, currencyCode: currency },
    effectiveFrom: new Date(recordings[0]!.at - TARIFF_LEAD_MS).toISOString(),
    idempotencyKey: key('tariff'),
  });
  return locationId;
}
