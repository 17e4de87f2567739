import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toDecimal } from '@plaza/platform/money';
import type { Subgraph } from '@plaza/platform/subgraph';
import { buildSchema, parse, validate } from 'graphql';
import { chargeStay } from '../src/domain/tariff/charge.js';
import { CompiledTariff } from '../src/domain/tariff/compiled-tariff.js';
import { readRules } from '../src/use-cases/read-tariff-rules.js';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { askGraph } from './ask-graph.js';
import { HOUR, openPayments, type Payments } from './payments-fixture.js';

const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon 10:00", in the week of the page. */
function instant(text: string): Date {
  const [day = '', time = ''] = text.split(' ');
  return new Date(`2026-05-${String(4 + WEEK.indexOf(day)).padStart(2, '0')}T${time}:00+02:00`);
}

const page = await readFile(join(import.meta.dirname, '../../../docs/tariffs.md'), 'utf8');
const signs = [...page.matchAll(/^## ([^\n]+)\n\n```json\n(.*?)```\n\n((?:- [^\n]*\n)+)/gms)].map(
  ([, title = '', json = '', stays = '']) => ({
    title,
    tariff: JSON.parse(json) as TariffRulesInput,
    stays: [...stays.matchAll(/^- (\w+ \S+) to (\w+ \S+): (\S+)$/gm)].map(
      ([, from = '', to = '', costs = '']) => ({ from, to, costs }),
    ),
  }),
);

const operations = [...page.matchAll(/^```graphql\n(.*?)```/gms)].map(([, text = '']) => text);

test('the page has signs and stays', () => {
  expect(signs.length).toBe(page.match(/```json/g)?.length);
  expect(signs.flatMap(({ stays }) => stays).length).toBe(page.match(/^- /gm)?.length);
});

test('its operations are operations of the graph', async () => {
  const graph = buildSchema(await readFile(join(import.meta.dirname, '../../../schema/api.graphql'), 'utf8'));
  expect(operations.length).toBeGreaterThan(0);
  for (const text of operations) expect(validate(graph, parse(text))).toEqual([]);
});

test.each(signs)('$title', ({ tariff, stays }) => {
  const read = readRules(tariff);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const compiled = new CompiledTariff(read.rules, 'Europe/Madrid');
  const charged = stays.map(({ from, to }) => {
    const { amount } = chargeStay(compiled, { enteredAt: instant(from), at: instant(to) });
    return { from, to, costs: toDecimal(amount, 'EUR') };
  });
  expect(charged).toEqual(stays);
});

describe('the operations of the page work with each of its tariffs:', () => {
  let on: Payments;
  let subgraph: Subgraph;
  beforeAll(async () => {
    on = await openPayments();
    subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
  });
  afterAll(() => on.close());
  const [TRY = '', PUBLISH = ''] = operations;
  const absent = page.match(/`(absences: \[.*?\])`/)?.[1] ?? '';

  test.each(signs)('$title', async ({ tariff }) => {
    const tried = await askGraph(subgraph, on.viewer, TRY, { tariff });
    expect(tried['previewQuote'].lines.length).toBeGreaterThan(0);
    const away = TRY.replace('discounts:', `${absent} discounts:`);
    expect(away).toContain(absent);
    const reentering = { ...tariff, graces: { ...tariff.graces, reentry: 30 } };
    await askGraph(subgraph, on.viewer, away, { tariff: reentering });
    await expect(askGraph(subgraph, on.viewer, away, { tariff })).rejects.toThrow('graces.reentry');
    const input = {
      locationId: await on.openLocation(),
      name: 'Summer',
      tariff,
      effectiveFrom: new Date(on.clock.now().getTime() + HOUR).toISOString(),
    };
    const { publishTariff } = await askGraph(subgraph, on.viewer, PUBLISH, { input });
    expect(publishTariff).toEqual({
      __typename: 'TariffPublished',
      tariff: { id: expect.any(String), number: 2, effectiveFrom: input.effectiveFrom },
    });
  });
});

test('a match day that is a version of its own costs its price, and the days around it theirs', () => {
  const enteredAt = instant('Mon 10:00');
  const [entry, match, after] = ['2.00', '4.00', '2.00'].map((price) => {
    const read = readRules({
      currencyCode: 'EUR',
      bands: [{ steps: [{ minutes: 60, price }] }],
      onNewVersion: 'SPLIT',
    });
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    return new CompiledTariff(read.rules, 'Europe/Madrid');
  }) as [CompiledTariff, CompiledTariff, CompiledTariff];
  const laterVersions = [
    { from: instant('Tue 00:00'), tariff: match },
    { from: instant('Wed 00:00'), tariff: after },
  ];
  const { amount } = chargeStay(entry, { enteredAt, at: instant('Wed 10:00'), laterVersions });
  expect(toDecimal(amount, 'EUR')).toBe(toDecimal(14 * 200 + 24 * 400 + 10 * 200, 'EUR'));
});
