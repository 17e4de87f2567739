import { readFileSync } from 'node:fs';
import { simpleTariff } from '../tariff-rules.js';
import { charged, costs, each, prorated } from './tariffs.js';

// a few records of the world; `npm run evidence` charges all of them

interface Fixture {
  rows: [record: string, seconds: number, cents: number][];
  overstays: [bay: string, arrived: number, left: number, allowed: number][];
  others: [bay: string, arrived: number, left: number, allowed: number][];
}
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture;
const second = (seconds: number) => new Date(seconds * 1000);

describe('Charlottesville’s meters of 2017, at 1.80 an hour', () => {
  const tariff = simpleTariff('USD', [prorated(60, 180)]);
  const noon = Date.parse('2017-09-15T16:00:00Z') / 1000;

  test.each(fixture('charlottesville-meters').rows)(
    'record %s: %d seconds for %d cents',
    (_, seconds, cents) => {
      const charge = costs(tariff, second(noon), second(noon + seconds), {}, 'America/New_York');
      expect(Math.abs(charge - cents)).toBeLessThanOrEqual(5);
    },
  );
});

describe('Melbourne’s bays of 2017, where minutes beyond the sign’s cost a penalty', () => {
  const { overstays, others } = fixture('melbourne-bays');
  const stay = (arrived: number, left: number, allowed: number) => {
    const penalty = { kind: 'PERIODS' as const, minutes: 60, price: 1000 };
    const rules = simpleTariff('AUD', [each(60, 0)], { overstay: { after: allowed, grace: 0, penalty } });
    return charged(rules, second(arrived), second(left), {}, 'Australia/Melbourne');
  };

  test.each(overstays)('in bay %s somebody stayed too long (%#)', (_, arrived, left, allowed) => {
    const hours = Math.ceil((left - arrived - allowed * 60) / 3600);
    expect(stay(arrived, left, allowed)).toMatchObject({
      amount: hours * 1000,
      lines: [{}, { rule: 'OVERSTAY' }],
    });
  });
  test.each(others)('in bay %s nobody did (%#)', (_, arrived, left, allowed) => {
    expect(stay(arrived, left, allowed).amount).toBe(0);
  });
});
