import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const TABLES = `
  create table payments.account (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    kind text not null check (kind in ('CASH_DRAWER', 'CARD_CLEARING', 'DIGITAL_CLEARING', 'REVENUE', 'TAX')),
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    unique (tenant_id, location_id, kind, currency_code)
  );

  create table payments.ledger_transaction (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    payment_id uuid not null references payments.payment,
    -- null: the payment itself
    refund_id uuid references payments.refund,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    unique (id, location_id)
  );
  -- no money is booked twice
  create unique index ledger_payment_once on payments.ledger_transaction (payment_id) where refund_id is null;
  create unique index ledger_refund_once on payments.ledger_transaction (refund_id);
  create index ledger_time on payments.ledger_transaction (location_id, occurred_at);

  create table payments.entry (
    id bigint generated always as identity primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    transaction_id uuid not null,
    account_id uuid not null,
    -- minor units: debits are positive, credits negative
    amount bigint not null check (amount <> 0),
    currency_code text not null,
    foreign key (transaction_id, location_id) references payments.ledger_transaction (id, location_id)
  );
  create index entry_transaction on payments.entry (transaction_id);
  create index entry_account on payments.entry (account_id);
`;

// The account is checked here and not by a foreign key, which would lock its row: every payment of a location would write
// to the same three rows. Accounts never change, so that a look is enough.
const GUARD = `
  create function payments.check_balance() returns trigger language plpgsql as $$
  begin
    if not exists (select from payments.account a where a.id = new.account_id and a.tenant_id = new.tenant_id
        and a.location_id = new.location_id and a.currency_code = new.currency_code) then
      raise exception 'Account % is not one of this location and currency.', new.account_id
        using errcode = 'foreign_key_violation';
    end if;
    if exists (select from payments.entry where transaction_id = new.transaction_id
        group by currency_code having sum(amount) <> 0) then
      raise exception 'Ledger transaction % does not balance.', new.transaction_id using errcode = 'check_violation';
    end if;
    return null;
  end $$;
  create constraint trigger balanced after insert on payments.entry
    deferrable initially deferred for each row execute function payments.check_balance();

  create trigger never_changed before update or delete on payments.account
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.account execute function payments.refuse_change();
  create trigger never_changed before update or delete on payments.entry
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.entry execute function payments.refuse_change();
  create trigger never_changed before update or delete on payments.ledger_transaction
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.ledger_transaction execute function payments.refuse_change();
`;

const ACCOUNT = `
  -- the account, opened at its first use
  create function payments.account_id(location uuid, account_kind text, currency text) returns uuid
    language plpgsql as $$
  declare found_id uuid;
  begin
    select id into found_id from payments.account where tenant_id = (select plaza.tenant_id())
      and location_id = location and kind = account_kind and currency_code = currency;
    if found_id is null then
      insert into payments.account (location_id, kind, currency_code) values (location, account_kind, currency)
        on conflict do nothing;
      select id into strict found_id from payments.account where tenant_id = (select plaza.tenant_id())
        and location_id = location and kind = account_kind and currency_code = currency;
    end if;
    return found_id;
  end $$;
`;

// A receipt is issued by the commit itself: the location's counter is locked for no longer than that, and a payment that
// is rolled back leaves no gap. Its year is the one on the location's own calendar.
const RECEIPT = `
  create function payments.issue_receipt() returns trigger language plpgsql as $$
  declare
    receipt_year integer;
    next_number integer;
  begin
    select extract(year from new.occurred_at at time zone l.time_zone) into strict receipt_year
      from spaces.read_locations(array[new.location_id]) l;
    insert into payments.receipt_counter as counter (location_id, year, last_number)
      values (new.location_id, receipt_year, 1)
      on conflict (tenant_id, location_id, year) do update set last_number = counter.last_number + 1
      returning last_number into next_number;
    insert into payments.receipt (location_id, year, number, ticket_id, payment_id, issued_at)
      select new.location_id, receipt_year, next_number, p.ticket_id, p.id, new.occurred_at
      from payments.payment p where p.id = new.payment_id;
    return null;
  end $$;
  create constraint trigger receipt after insert on payments.ledger_transaction
    deferrable initially deferred for each row when (new.refund_id is null) execute function payments.issue_receipt();
`;

const GRANTS = `
  grant select, insert on payments.account, payments.ledger_transaction, payments.entry to plaza_payments;
  revoke all on all functions in schema payments from public;
  grant execute on function payments.account_id to plaza_payments;
`;

/** The double-entry ledger: balanced by a constraint, immutable; what it books as paid has a receipt. */
export class Migration20261122090200_ledger extends Migration {
  override up(): void {
    for (const step of [
      TABLES,
      shutByTenant('payments.account', 'location_id'),
      shutByTenant('payments.ledger_transaction', 'location_id'),
      shutByTenant('payments.entry', 'location_id'),
      GUARD,
      ACCOUNT,
      RECEIPT,
      GRANTS,
    ]) {
      this.addSql(step);
    }
  }
}
