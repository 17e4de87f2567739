import { type LossResult, testLoss } from './loss/loss.js';
import { GUARDS, type LossOptions, readOptions } from './loss/options.js';

// npm run test:loss in short; docs/realtime.md has the long one

async function play(...args: string[]): Promise<LossResult & { told: string[] }> {
  const told: string[] = [];
  const result = await testLoss(readOptions(args) as LossOptions, {
    signal: new AbortController().signal,
    print: () => undefined,
    tell: (line) => told.push(line),
  });
  return { ...result, told };
}

test('whoever is cut off and whatever is killed: every reader gets every event, in order, and nobody else’s', async () => {
  const size = ['--events', '600', '--writers', '8', '--tenants', '2', '--clients', '12', '--kills', '1'];
  const { rounds, lossless, told } = await play(...size);
  expect(rounds).toMatchObject([
    {
      ends: { gateway: 1, sequencer: 1, 'gateway stop': 1, session: 1, server: 1 },
      missing: 0,
      outOfOrder: 0,
      foreign: 0,
      forged: 0,
      findings: [],
    },
  ]);
  expect(told.filter((line) => /: (gateway|sequencer|gateway stop|session|server)$/.test(line))).toHaveLength(
    5,
  );
  expect(rounds[0]?.goodbyes).toBeGreaterThan(0);
  expect(rounds[0]?.events).toBeGreaterThanOrEqual(600);
  expect(lossless).toBe(true);
}, 300_000);

test.each(GUARDS)(
  'without the guard "%s" the same test fails',
  async (guard) => {
    const size = ['--events', '300', '--writers', '8', '--tenants', '2', '--clients', '8', '--kills', '0'];
    const { rounds, lossless } = await play(...size, '--patience', '5', '--break', guard);
    const fault = guard === 'tenant' || guard === 'location' ? 'foreign' : 'missing';
    expect(rounds[0]?.[fault]).toBeGreaterThan(0);
    expect(lossless).toBe(false);
  },
  300_000,
);

test.each([
  [['--break', 'nothing'], '--break "nothing" is none of position, reread, tenant, location.'],
  [['--topology', 'scattered'], '--topology "scattered" is none of embedded, distributed.'],
  [['--rounds', '0'], '--rounds "0" is no whole number from 1.'],
  [['--tenants', '4', '--writers', '7'], '--writers 7 is too few: 8 or more.'],
  [['--seeds', '1'], "Unknown option '--seeds'"],
])('%j is answered with a sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});
