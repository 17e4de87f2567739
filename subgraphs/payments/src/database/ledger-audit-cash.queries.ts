import { sql } from '@plaza/platform/database/sql';
import { BOOKED, inCurrency, type LedgerRule } from './ledger-rule.js';

/** What must hold of merchants, of shifts and of the drawers themselves. */
export const CASH_RULES: readonly LedgerRule[] = [
  {
    says: 'What merchants owe is what their validations took off, or that and the tax on top.',
    of: 'validations',
    counted: sql`select count(*) from payments.validation where settled_at is not null`,
    broken: sql`
      select 'validation ' || v.id as subject, 'of ' || ${inCurrency('v.amount', 'v.currency_code')} || case when t.id is null then ' is not booked'
          else ' is booked as ' || ${inCurrency('booked.owed', 'v.currency_code')} end as finding
      from payments.validation v
      left join (payments.ledger_transaction t cross join ${BOOKED}) on t.validation_id = v.id
      where case when t.id is null then v.owed and v.amount > 0
        else booked.owed <> v.amount and booked.owed + booked.tax <> v.amount end`,
  },
  {
    says: 'What a merchant paid is booked once, off what it owes, in the drawer or at the bank.',
    of: 'payments of merchants',
    counted: sql`select count(*) from payments.merchant_payment`,
    broken: sql`
      select 'merchant payment ' || m.id as subject, case when count(t.id) = 0 then 'is not booked'
          else 'of ' || ${inCurrency('m.amount', 'm.currency_code')} || ' is booked as ' || ${inCurrency('-sum(booked.owed)', 'm.currency_code')} end as finding
      from payments.merchant_payment m
      left join (payments.ledger_transaction t cross join ${BOOKED}) on t.merchant_payment_id = m.id
      group by m.id having count(t.id) <> 1 or -sum(booked.owed) <> m.amount
        or sum(case m.method when 'CASH' then booked.money else booked.banked end) <> m.amount`,
  },
  {
    says: 'No merchant has paid more than it owed, and no drawer has given more than it held.',
    of: 'accounts',
    counted: sql`select count(*) from payments.account where kind in ('RECEIVABLE', 'CASH_DRAWER')`,
    broken: sql`
      select 'merchant ' || merchant_id as subject, 'owes ' || ${inCurrency('amount', 'currency_code')} as finding
      from payments.merchant_debt where amount < 0
      union all
      select 'the drawer of location ' || a.location_id, 'holds ' || ${inCurrency('sum(e.amount)', 'a.currency_code')}
      from payments.account a join payments.entry e on e.account_id = a.id
      where a.kind = 'CASH_DRAWER' group by a.id having sum(e.amount) < 0`,
  },
  {
    says: 'Every closed shift expected its float and the cash of its time, and its difference is booked.',
    of: 'shifts',
    counted: sql`select count(*) from payments.cash_shift`,
    broken: sql`
      select 'cash shift ' || s.id as subject, 'expected ' || ${inCurrency('coalesce(s.expected, 0)', 's.currency_code')} || ' and counted '
        || ${inCurrency('coalesce(s.counted, 0)', 's.currency_code')} || '; booked: ' || ${inCurrency('s.opening_float + cash.moved', 's.currency_code')}
        || ', difference ' || ${inCurrency('cash.difference', 's.currency_code')} as finding
      from payments.cash_shift s cross join lateral (
        select coalesce(sum(booked.money) filter (where num_nonnulls(t.opening_of, t.closing_of) = 0), 0) as moved,
          coalesce(sum(booked.difference) filter (where t.closing_of is not null), 0) as difference
        from payments.ledger_transaction t cross join ${BOOKED} where t.cash_shift_id = s.id
      ) cash
      where (s.closed_at is null and cash.difference <> 0) or s.expected <> s.opening_float + cash.moved
        or s.counted - s.expected <> cash.difference`,
  },
  {
    says: 'A drawer holds the float when a shift begins, that and its cash while it is open, and nothing when it is closed.',
    of: 'beginnings and ends of shifts',
    counted: sql`select count(*) from payments.ledger_transaction where num_nonnulls(opening_of, closing_of) = 1`,
    broken: sql`
      with line as (
        select e.account_id, e.id, t.id as transaction_id, t.opening_of, t.closing_of, t.cash_shift_id, e.amount,
          sum(e.amount) over (partition by e.account_id order by e.id) as holds,
          row_number() over (partition by t.id, e.account_id order by e.id desc) = 1 as is_last
        from payments.entry e
        join payments.account a on a.id = e.account_id and a.kind = 'CASH_DRAWER'
        join payments.ledger_transaction t on t.id = e.transaction_id),
      now as (
        select s.id, s.currency_code, s.opening_float + coalesce(sum(line.amount) filter (
            where line.cash_shift_id = s.id and line.opening_of is null), 0) as expected, sum(line.amount) as holds
        from payments.cash_shift s
        join payments.account a on a.location_id = s.location_id and a.kind = 'CASH_DRAWER' and a.currency_code = s.currency_code
        join line on line.account_id = a.id
        where s.closed_at is null group by s.id having bool_or(num_nonnulls(line.opening_of, line.closing_of) = 1))
      select 'cash shift ' || s.id as subject, 'began with ' || ${inCurrency('line.holds', 's.currency_code')} || ' in the drawer, not with '
          || ${inCurrency('s.opening_float', 's.currency_code')} as finding
      from line join payments.cash_shift s on s.id = line.opening_of
      where line.is_last and line.holds <> s.opening_float
      union all
      select 'cash shift ' || line.closing_of, 'left ' || ${inCurrency('line.holds', 's.currency_code')} || ' in the drawer'
      from line join payments.cash_shift s on s.id = line.closing_of where line.closing_of is not null and line.is_last and line.holds <> 0
      union all
      select 'cash shift ' || id, 'has ' || ${inCurrency('holds', 'currency_code')} || ' in the drawer, not ' || ${inCurrency('expected', 'currency_code')}
      from now where holds <> expected`,
  },
];
