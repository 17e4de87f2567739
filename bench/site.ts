import { randomBytes } from 'node:crypto';
import type { GraphClient } from '../replay/graph-client.js';
import { addSpaces, createLocation, publishTariff } from '../replay/operations.js';

/** What every stay of the benchmark costs at once, in minor units of EUR, and the tax in it. */
export const PRICE = { amount: 242, tax: 42, taxPercent: 21 };

/** Opens a location of car spaces whose every started hour costs PRICE, and returns its id. */
export async function openSite(graph: GraphClient, spaces: number): Promise<string> {
  const key = `bench:${randomBytes(8).toString('hex')}`;
  const locationId = await createLocation(graph, {
    name: 'Bench',
    timeZone: 'Europe/Madrid',
    currencyCode: 'EUR',
    idempotencyKey: `${key}:location`,
  });
  await addSpaces(graph, {
    locationId,
    ranges: [{ from: 1, count: spaces, kind: 'CAR' }],
    idempotencyKey: `${key}:spaces`,
  });
  await publishTariff(graph, {
    locationId,
    name: 'Bench',
    tariff: {
      currencyCode: 'EUR',
      bands: [{ steps: [{ minutes: 60, price: '2.42' }] }],
      caps: [{ amount: '24.20', per: 'HOURS_24' }],
      graces: { exit: 15 },
      tax: { percent: String(PRICE.taxPercent) },
    },
    effectiveFrom: new Date(Date.now() - 60_000).toISOString(),
    idempotencyKey: `${key}:tariff`,
  });
  return locationId;
}

/** A plate that nobody has. */
export const newPlate = (): string => randomBytes(8).toString('hex').toUpperCase();
