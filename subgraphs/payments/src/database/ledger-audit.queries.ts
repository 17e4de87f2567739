import { sql } from '@plaza/platform/database/sql';
import { CASH_RULES } from './ledger-audit-cash.queries.js';
import { BOOKED, inCurrency, type LedgerRule, TAKEN } from './ledger-rule.js';

const MONEY = sql.raw(`case p.method when 'CASH' then 'CASH_DRAWER' else p.method || '_CLEARING' end`);

/** From when on the log has every event: its older months may have been removed. */
const LOG_BEGINS = sql.raw(`(
  select events.month_of(min(c.relname)) from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'events.event'::regclass)`);

/** What must hold of payments and refunds, their bookings, receipts, events and tickets, and of what CASH_RULES says. */
export const LEDGER_RULES: readonly LedgerRule[] = [
  {
    says: 'Every ledger transaction has entries, and they add up to zero in each currency.',
    of: 'transactions',
    counted: sql`select count(*) from payments.ledger_transaction`,
    broken: sql`
      select 'transaction ' || t.id as subject, coalesce('is off by ' || ${inCurrency('sums.sum', 'sums.currency_code')}, 'has no entries') as finding
      from payments.ledger_transaction t
      left join lateral (
        select e.currency_code, sum(e.amount) as sum from payments.entry e where e.transaction_id = t.id group by 1
      ) sums on true
      where sums.sum is distinct from 0`,
  },
  {
    says: 'Every entry stands on an account of its tenant, location and currency, in a transaction of that location.',
    of: 'entries',
    counted: sql`select count(*) from payments.entry`,
    broken: sql`
      select 'entry ' || e.id as subject, 'has no account or no transaction of its own place' as finding
      from payments.entry e
      left join payments.account a on a.id = e.account_id and a.tenant_id = e.tenant_id
        and a.location_id = e.location_id and a.currency_code = e.currency_code
      left join payments.ledger_transaction t on t.id = e.transaction_id and t.tenant_id = e.tenant_id
        and t.location_id = e.location_id
      where a.id is null or t.id is null`,
  },
  {
    says: 'The accounts of every location add up to zero in each currency.',
    of: 'accounts',
    counted: sql`select count(*) from payments.account`,
    broken: sql`
      select 'location ' || a.location_id as subject, 'is off by ' || ${inCurrency('sum(e.amount)', 'a.currency_code')} as finding
      from payments.account a join payments.entry e on e.account_id = a.id
      group by a.tenant_id, a.location_id, a.currency_code having sum(e.amount) <> 0`,
  },
  {
    says: 'Every payment that was taken is booked once, with its amount, its tax and what was handed over.',
    of: 'payments',
    counted: sql`select count(*) from payments.payment where status in ${TAKEN}`,
    broken: sql`
      select 'payment ' || p.id as subject, case when count(t.id) = 0 then 'is not booked'
          when count(t.id) > 1 then 'is booked ' || count(t.id) || ' times'
          else 'of ' || ${inCurrency('p.amount', 'p.currency_code')} || ' is booked as ' || ${inCurrency('-min(booked.earned)', 'p.currency_code')} end as finding
      from payments.payment p
      left join (payments.ledger_transaction t cross join ${BOOKED}) on t.payment_id = p.id and t.refund_id is null
      where p.status in ${TAKEN}
      group by p.id having count(t.id) <> 1 or -min(booked.earned) <> p.amount or -min(booked.tax) <> p.tax
        or min(booked.money) <> p.amount + p.rounding
        or coalesce(min(booked.drawers) <> array[${MONEY}], p.amount + p.rounding <> 0)`,
  },
  {
    says: 'Every refund that succeeded is booked once, with its amount, its tax and what was handed back.',
    of: 'refunds',
    counted: sql`select count(*) from payments.refund where status = 'SUCCEEDED'`,
    broken: sql`
      select 'refund ' || r.id as subject, case when count(t.id) = 0 then 'is not booked'
          when count(t.id) > 1 then 'is booked ' || count(t.id) || ' times'
          else 'of ' || ${inCurrency('r.amount', 'r.currency_code')} || ' is booked as ' || ${inCurrency('min(booked.earned)', 'r.currency_code')} end as finding
      from payments.refund r
      left join (payments.ledger_transaction t cross join ${BOOKED}) on t.refund_id = r.id and t.payment_id = r.payment_id
      where r.status = 'SUCCEEDED'
      group by r.id having count(t.id) <> 1 or min(booked.earned) <> r.amount or min(booked.tax) <> r.tax
        or -min(booked.money) <> r.amount + r.rounding`,
  },
  {
    says: 'No money is booked without a payment that was taken, a refund that succeeded, a validation that is settled, what a merchant paid or a shift.',
    of: 'transactions',
    counted: sql`select count(*) from payments.ledger_transaction`,
    broken: sql`
      select 'transaction ' || t.id as subject, 'has nothing that it books' as finding
      from payments.ledger_transaction t
      left join payments.payment p on p.id = t.payment_id and p.status in ${TAKEN} and p.location_id = t.location_id
      left join payments.refund r on r.id = t.refund_id and r.status = 'SUCCEEDED'
      left join payments.validation v on v.id = t.validation_id and v.settled_at is not null
      left join payments.merchant_payment m on m.id = t.merchant_payment_id
      left join payments.cash_shift s on s.id = coalesce(t.opening_of, t.closing_of)
        and (t.opening_of is not null or s.closed_at is not null)
      where coalesce(p.id, v.id, m.id, s.id) is null or (t.refund_id is not null and r.id is null)`,
  },
  {
    says: 'What a payment says is given back is what its refunds give back.',
    of: 'payments',
    counted: sql`select count(*) from payments.payment`,
    broken: sql`
      select 'payment ' || p.id as subject,
        'says that ' || ${inCurrency('p.refunded', 'p.currency_code')} || ' is given back; its refunds say ' || ${inCurrency('given.sum', 'p.currency_code')} as finding
      from payments.payment p cross join lateral (
        select coalesce(sum(r.amount), 0) as sum, coalesce(sum(r.amount) filter (where r.status = 'SUCCEEDED'), 0) as done
        from payments.refund r where r.payment_id = p.id and r.status <> 'FAILED'
      ) given
      where given.sum <> p.refunded or given.sum > p.amount
        or (p.status = 'REFUNDED' and given.done <> p.amount) or (p.status = 'SUCCEEDED' and given.done <> 0)`,
  },
  {
    says: 'Every payment that was taken has a receipt, and no other has one.',
    of: 'receipts',
    counted: sql`select count(*) from payments.receipt`,
    broken: sql`
      select 'payment ' || coalesce(p.id, r.payment_id) as subject,
        case when r.id is null then 'has no receipt' else 'was not taken and has a receipt' end as finding
      from (select * from payments.payment where status in ${TAKEN}) p
      full join payments.receipt r on r.payment_id = p.id
      where p.id is null or r.id is null`,
  },
  {
    says: 'Receipts are numbered from 1 without gaps, for each location and year.',
    of: 'years of locations',
    counted: sql`select count(*) from payments.receipt_counter`,
    broken: sql`
      select 'location ' || coalesce(c.location_id, r.location_id) || ' in ' || coalesce(c.year, r.year) as subject,
        'counted to ' || coalesce(c.last_number, 0) || ', issued ' || coalesce(r.count, 0) || ', the last one '
          || coalesce(r.last, 0) as finding
      from payments.receipt_counter c
      full join (
        select tenant_id, location_id, year, count(distinct number), max(number) as last from payments.receipt group by 1, 2, 3
      ) r on r.tenant_id = c.tenant_id and r.location_id = c.location_id and r.year = c.year
      where c.last_number is distinct from r.count or c.last_number is distinct from r.last`,
  },
  {
    says: 'Every payment that was taken and every refund that succeeded is told by one event, while the log keeps it.',
    of: 'bookings',
    counted: sql`select count(*) from payments.ledger_transaction where payment_id is not null`,
    broken: sql`
      with kept as (
        select p.id as payment_id, count(*) filter (where t.refund_id is null) as paid, count(t.refund_id) as given,
          bool_and(t.recorded_at >= ${LOG_BEGINS}) as all
        from payments.payment p join payments.ledger_transaction t on t.payment_id = p.id group by p.id),
      told as (
        select e.subject_id as payment_id, count(*) filter (where e.type = 'payment.succeeded') as paid,
          count(*) filter (where e.type = 'payment.refunded') as given
        from events.event e where e.type in ('payment.succeeded', 'payment.refunded') group by e.subject_id)
      select 'payment ' || payment_id as subject, 'is booked ' || coalesce(kept.paid, 0) || ' times and given back '
          || coalesce(kept.given, 0) || '; told: ' || coalesce(told.paid, 0) || ', ' || coalesce(told.given, 0) as finding
      from kept full join told using (payment_id)
      where coalesce(kept.all, true)
        and (coalesce(kept.paid, 0), coalesce(kept.given, 0)) <> (coalesce(told.paid, 0), coalesce(told.given, 0))`,
  },
  {
    says: 'Every payment that was taken has its ticket, at its own location.',
    of: 'payments',
    counted: sql`select count(*) from payments.payment where status in ${TAKEN}`,
    broken: sql`
      select 'payment ' || p.id as subject, 'has no ticket at its location' as finding
      from payments.payment p
      left join tickets.ticket k on k.id = p.ticket_id and k.tenant_id = p.tenant_id and k.location_id = p.location_id
      where p.status in ${TAKEN} and k.id is null`,
  },
  ...CASH_RULES,
];
