import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const SHIFT = `
  create table payments.cash_shift (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    -- minor units, as everywhere
    opening_float bigint not null check (opening_float >= 0),
    opened_at timestamptz not null,
    opened_by jsonb default plaza.actor(),
    counted bigint check (counted >= 0),
    -- the float and what was booked
    expected bigint,
    closed_at timestamptz check (closed_at >= opened_at),
    closed_by jsonb,
    check (num_nulls(counted, expected, closed_at) in (0, 3)),
    unique (id, location_id)
  );
  create unique index cash_shift_one_open on payments.cash_shift (location_id, tenant_id) where closed_at is null;
  create index cash_shift_location on payments.cash_shift (location_id, id);

  create function payments.keep_closed_shift() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and old.closed_at is null then return new; end if;
    raise exception 'A cash shift that is closed is never changed, and none is removed.'
      using errcode = 'restrict_violation';
  end $$;
  create trigger never_changed before update or delete on payments.cash_shift
    for each row execute function payments.keep_closed_shift();
  create trigger never_truncated before truncate on payments.cash_shift execute function payments.refuse_change();
`;

const MERCHANT = `
  create table payments.merchant (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    name text not null check (length(name) between 1 and 120),
    -- who bears what its validations take off: the merchant, who then owes it, or the operator
    borne_by text not null check (borne_by in ('MERCHANT', 'OPERATOR')),
    -- minor units of the location's currency; null: no limit
    most_per_ticket bigint check (most_per_ticket > 0),
    most_per_month bigint check (most_per_month > 0),
    active boolean not null default true,
    created_at timestamptz not null default now(),
    -- what a ticket may cost is set aside until it is known: without a limit that would be the whole month
    check (most_per_month is null or most_per_ticket is not null),
    unique (location_id, name, tenant_id),
    unique (id, location_id)
  );

  create table payments.validation (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    ticket_id uuid not null,
    merchant_id uuid not null,
    kind text not null check (kind in ('PERCENT', 'AMOUNT', 'FREE_TIME')),
    -- percent, minor units or minutes
    value numeric(12, 3) not null check (value > 0 and (kind <> 'PERCENT' or value <= 100)),
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    -- the most that it takes off; null: no limit
    most bigint check (most > 0),
    -- the first of the local month whose limit it counts to
    month date not null check (extract(day from month) = 1),
    validated_at timestamptz not null,
    validated_by jsonb default plaza.actor(),
    -- what it took off, tax included, once the stay was first paid or had ended
    amount bigint check (amount >= 0),
    settled_at timestamptz check ((settled_at is null) = (amount is null)),
    foreign key (merchant_id, location_id) references payments.merchant (id, location_id),
    unique (ticket_id, merchant_id),
    unique (id, location_id)
  );
  create index validation_month on payments.validation (merchant_id, month);

  create function payments.keep_settled_validation() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and old.settled_at is null then return new; end if;
    raise exception 'A validation that is settled is never changed, and none is removed.'
      using errcode = 'restrict_violation';
  end $$;
  create trigger never_changed before update or delete on payments.validation
    for each row execute function payments.keep_settled_validation();
  create trigger never_truncated before truncate on payments.validation execute function payments.refuse_change();
`;

const SOURCES = `
  alter table payments.ledger_transaction
    alter column payment_id drop not null,
    add column validation_id uuid,
    -- the shift whose count differed
    add column difference_of uuid,
    -- the shift whose drawer the cash went into or came from
    add column cash_shift_id uuid,
    add foreign key (validation_id, location_id) references payments.validation (id, location_id),
    add foreign key (difference_of, location_id) references payments.cash_shift (id, location_id),
    add foreign key (cash_shift_id, location_id) references payments.cash_shift (id, location_id),
    add constraint ledger_source check (
      num_nonnulls(payment_id, validation_id, difference_of) = 1 and (refund_id is null or payment_id is not null));
  create unique index ledger_validation_once on payments.ledger_transaction (validation_id);
  create unique index ledger_difference_once on payments.ledger_transaction (difference_of);
  create index ledger_shift on payments.ledger_transaction (cash_shift_id) where cash_shift_id is not null;

  drop trigger receipt on payments.ledger_transaction;
  create constraint trigger receipt after insert on payments.ledger_transaction
    deferrable initially deferred for each row when (new.payment_id is not null and new.refund_id is null)
    execute function payments.issue_receipt();
`;

const GRANTS = `
  grant select, insert on payments.cash_shift, payments.merchant, payments.validation to plaza_payments;
  grant update (counted, expected, closed_at, closed_by) on payments.cash_shift to plaza_payments;
  grant update (name, borne_by, most_per_ticket, most_per_month, active) on payments.merchant to plaza_payments;
  grant update (amount, settled_at) on payments.validation to plaza_payments;
  revoke all on function payments.keep_closed_shift, payments.keep_settled_validation from public;
`;

/** Shifts of cash drawers and validations of merchants, and the ledger transactions that come of them. */
export class Migration20261122180100_ledger_sources extends Migration {
  override up(): void {
    for (const step of [
      SHIFT,
      shutByTenant('payments.cash_shift', 'location_id'),
      MERCHANT,
      shutByTenant('payments.merchant', 'location_id'),
      shutByTenant('payments.validation', 'location_id'),
      SOURCES,
      GRANTS,
    ]) {
      this.addSql(step);
    }
  }
}
