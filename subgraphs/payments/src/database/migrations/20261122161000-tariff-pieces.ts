import { Migration } from '@mikro-orm/migrations';

// What was published under the first, smaller model says the same in the present one. A version is never changed; only
// how it is written changes here, once, and what it charges stays what it was: a quote of before had periods that began
// anew each 24 hours where a cap was in force.
const RULES = `
  alter table payments.tariff_version no force row level security;
  alter table payments.tariff_version disable trigger never_changed;
  update payments.tariff_version set rules = jsonb_build_object(
    'currencyCode', rules -> 'currencyCode',
    'bands', jsonb_build_array(jsonb_build_object(
      'name', 'Parking', 'windows', '[]'::jsonb, 'entered', '[]'::jsonb,
      'steps', jsonb_build_array(jsonb_build_object('upTo', null, 'minutes', rules -> 'increment' -> 'minutes',
        'price', rules -> 'increment' -> 'price', 'prorated', false)),
      'restart', case when rules -> 'dailyCap' = 'null' then 'NEVER' else 'HOURS_24' end, 'atEnd', 'CUT')),
    'overlap', 'FIRST',
    'caps', case when rules -> 'dailyCap' = 'null' then '[]'::jsonb else jsonb_build_array(jsonb_build_object(
      'amount', rules -> 'dailyCap', 'per', 'HOURS_24', 'bands', '[]'::jsonb, 'only', null)) end,
    'graces', jsonb_build_object('entry', rules -> 'freeMinutes', 'beyondEntry', 'FROM_START', 'end', 0,
      'exit', rules -> 'exitGraceMinutes', 'reentry', 0),
    'fees', jsonb_build_object('start', 0, 'minimum', 0, 'maximum', null, 'lostTicket', null, 'noShow', null),
    'overstay', null, 'demand', null, 'items', '[]'::jsonb,
    'tax', case when rules -> 'taxPercent' = 'null' then 'null'::jsonb
      else jsonb_build_object('percent', rules -> 'taxPercent', 'included', true) end,
    'rounding', jsonb_build_object('mode', 'HALF_UP', 'unit', 1, 'per', 'LINE', 'cashUnit', 1),
    'holidays', '[]'::jsonb, 'onNewVersion', 'KEEP')
  where rules ? 'increment';
  alter table payments.tariff_version enable trigger never_changed;
  alter table payments.tariff_version force row level security;
`;

// The lines that receipts print: their sentences are made from what a line holds.
const QUOTES = `
  alter table payments.payment no force row level security;
  update payments.payment p set quote = jsonb_set(p.quote, '{lines}', (
    select coalesce(jsonb_agg((line - 'explanation') || jsonb_build_object(
        'name', null,
        'taxPercent', v.rules -> 'tax' -> 'percent',
        'rule', case line ->> 'rule' when 'DAILY_CAP' then 'CAP' else line ->> 'rule' end,
        'unit', case line ->> 'rule' when 'DAILY_CAP' then jsonb_build_object('per', 'HOURS_24')
          when 'INCREMENT' then jsonb_build_object('minutes', v.rules -> 'bands' -> 0 -> 'steps' -> 0 -> 'minutes')
          when 'FREE_TIME' then jsonb_build_object('minutes', v.rules -> 'graces' -> 'entry') else 'null'::jsonb end)
      order by place), '[]'::jsonb)
    from jsonb_array_elements(p.quote -> 'lines') with ordinality as l (line, place)))
  from payments.tariff_version v where v.id = (p.quote ->> 'tariffVersionId')::uuid
    and p.quote -> 'lines' -> 0 ? 'explanation';
  alter table payments.payment force row level security;
`;

/** Tariffs of bands, steps, caps, graces and adjustments. */
export class Migration20261122161000_tariff_pieces extends Migration {
  override up(): void {
    for (const step of [RULES, QUOTES]) this.addSql(step);
  }
}
