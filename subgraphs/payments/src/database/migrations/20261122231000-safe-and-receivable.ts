import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const MERCHANT_PAYMENT = `
  create table payments.merchant_payment (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    merchant_id uuid not null,
    method text not null check (method in ('CASH', 'BANK_TRANSFER')),
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    -- minor units, as everywhere
    amount bigint not null check (amount > 0),
    -- what the bank's statement or the merchant calls it
    reference text check (length(reference) between 1 and 140),
    recorded_at timestamptz not null,
    recorded_by jsonb default plaza.actor(),
    foreign key (merchant_id, location_id) references payments.merchant (id, location_id),
    unique (id, location_id)
  );
  create index merchant_payment_merchant on payments.merchant_payment (merchant_id, id);
  create trigger never_changed before update or delete on payments.merchant_payment
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.merchant_payment execute function payments.refuse_change();
`;

const SOURCES = `
  alter table payments.account drop constraint account_kind_check;
  alter table payments.account add constraint account_kind_check check (kind in ('CASH_DRAWER', 'SAFE', 'BANK',
    'CARD_CLEARING', 'DIGITAL_CLEARING', 'RECEIVABLE', 'REVENUE', 'TAX', 'REFUNDS', 'VALIDATIONS', 'CASH_DIFFERENCE'));

  -- a shift that is closed books more than its difference: what was counted leaves the drawer
  alter table payments.ledger_transaction rename column difference_of to closing_of;
  alter index payments.ledger_difference_once rename to ledger_closing_once;
  alter table payments.ledger_transaction
    -- the shift whose float was put into the drawer
    add column opening_of uuid,
    add column merchant_payment_id uuid,
    add foreign key (opening_of, location_id) references payments.cash_shift (id, location_id),
    add foreign key (merchant_payment_id, location_id) references payments.merchant_payment (id, location_id),
    drop constraint ledger_source,
    add constraint ledger_source check (
      num_nonnulls(payment_id, validation_id, merchant_payment_id, opening_of, closing_of) = 1
      and (refund_id is null or payment_id is not null));
  create unique index ledger_opening_once on payments.ledger_transaction (opening_of) where opening_of is not null;
  create unique index ledger_merchant_payment_once on payments.ledger_transaction (merchant_payment_id)
    where merchant_payment_id is not null;
`;

// What belongs to a shift is decided once: cash that is under way is waited for where a shift begins or ends, and waits
// where one is just beginning or ending. In SQL of its own, the look for the shift sees what was waited for.
const DRAWER = `
  create function payments.drawer_key(location uuid) returns bigint language sql immutable
    return hashtextextended('payments.drawer ' || location::text, 0);

  create function payments.lock_drawer(location uuid) returns void language sql volatile
    begin atomic
      select pg_advisory_xact_lock(payments.drawer_key(location));
    end;

  -- the open shift, to which cash that moves now belongs; null between shifts
  create function payments.shift_of_cash(location uuid) returns uuid language plpgsql volatile as $$
  begin
    perform pg_advisory_xact_lock_shared(payments.drawer_key(location));
    return (select s.id from payments.cash_shift s where s.location_id = location and s.closed_at is null);
  end $$;
`;

const DEBT = `
  -- what each merchant owes: what it validated less what it paid
  create view payments.merchant_debt with (security_invoker = true) as
    select booked.merchant_id, e.currency_code, sum(e.amount)::bigint as amount
    from (
      select v.merchant_id, t.id from payments.validation v
        join payments.ledger_transaction t on t.validation_id = v.id
      union all
      select p.merchant_id, t.id from payments.merchant_payment p
        join payments.ledger_transaction t on t.merchant_payment_id = p.id
    ) booked
    join payments.entry e on e.transaction_id = booked.id
    join payments.account a on a.id = e.account_id and a.kind = 'RECEIVABLE'
    group by booked.merchant_id, e.currency_code;

  create function payments.check_debt() returns trigger language plpgsql as $$
  declare
    debtor uuid := (select p.merchant_id from payments.merchant_payment p where p.id = new.merchant_payment_id);
  begin
    -- one payment of a merchant at a time: each sees what those before it left
    perform from payments.merchant m where m.id = debtor for update;
    if exists (select from payments.merchant_debt d where d.merchant_id = debtor and d.amount < 0) then
      raise exception 'Merchant % owes less than it would pay.', debtor
        using errcode = 'check_violation', constraint = 'merchant_pays_what_it_owes';
    end if;
    return null;
  end $$;
  create constraint trigger pays_what_is_owed after insert on payments.ledger_transaction
    deferrable initially deferred for each row when (new.merchant_payment_id is not null)
    execute function payments.check_debt();
`;

const GRANTS = `
  grant select, insert on payments.merchant_payment to plaza_payments;
  grant select on payments.merchant_debt to plaza_payments;
  revoke all on function payments.drawer_key, payments.lock_drawer, payments.shift_of_cash, payments.check_debt from public;
  grant execute on function payments.drawer_key, payments.lock_drawer, payments.shift_of_cash to plaza_payments;
`;

/** What merchants owe can be paid, never more than that; the float of a drawer comes from the safe and goes back to it. */
export class Migration20261122231000_safe_and_receivable extends Migration {
  override up(): void {
    for (const step of [
      MERCHANT_PAYMENT,
      shutByTenant('payments.merchant_payment', 'location_id'),
      SOURCES,
      DRAWER,
      DEBT,
      GRANTS,
    ]) {
      this.addSql(step);
    }
  }
}
