import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toDecimal } from '@plaza/platform/money';
import { buildSchema, parse, validate } from 'graphql';
import { chargeStay } from '../src/domain/tariff/charge.js';
import { CompiledTariff } from '../src/domain/tariff/compiled-tariff.js';
import { readRules } from '../src/use-cases/read-tariff-rules.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';

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

test('the page has signs and stays', () => {
  expect(signs.length).toBe(page.match(/```json/g)?.length);
  expect(signs.flatMap(({ stays }) => stays).length).toBe(page.match(/^- /gm)?.length);
});

test('its operations are operations of the graph', async () => {
  const graph = buildSchema(await readFile(join(import.meta.dirname, '../../../schema/api.graphql'), 'utf8'));
  const operations = [...page.matchAll(/^```graphql\n(.*?)```/gms)].map(([, text = '']) => text);
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
