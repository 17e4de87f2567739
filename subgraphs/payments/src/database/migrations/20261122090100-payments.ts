import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const PAYMENT = `
  create table payments.payment (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    ticket_id uuid not null,
    location_id uuid not null,
    method text not null check (method in ('CASH', 'CARD', 'DIGITAL')),
    status text not null
      check (status in ('PENDING', 'SUCCEEDED', 'DECLINED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    amount bigint not null check (amount > 0),
    tax bigint not null check (tax between 0 and amount),
    -- given back or about to be: no race of refunds can exceed what was paid
    refunded bigint not null default 0 check (refunded between 0 and amount),
    decline_reason text check ((decline_reason is not null) = (status in ('DECLINED', 'CANCELLED'))),
    provider text check ((provider is null) = (method = 'CASH')),
    provider_reference text,
    -- what the driver was told that this payment is for; the receipt prints it
    quote jsonb not null,
    -- the answer to the command, kept for repeats of its idempotency key
    outcome jsonb,
    paid_at timestamptz not null,
    created_at timestamptz not null default now()
  );
  -- two payments of one ticket never run at once, whatever the processes think
  create unique index payment_one_pending on payments.payment (ticket_id) where status = 'PENDING';
  create index payment_ticket on payments.payment (ticket_id);
  create index payment_pending on payments.payment (created_at) where status = 'PENDING';

  create table payments.refund (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    payment_id uuid not null references payments.payment,
    status text not null check (status in ('PENDING', 'SUCCEEDED', 'FAILED')),
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    amount bigint not null check (amount > 0),
    tax bigint not null check (tax between 0 and amount),
    reason text not null check (length(reason) between 1 and 500),
    outcome jsonb,
    refunded_at timestamptz not null,
    created_at timestamptz not null default now()
  );
  create index refund_payment on payments.refund (payment_id);
  create index refund_pending on payments.refund (created_at) where status = 'PENDING';
`;

// The recovery pass must find what a dead process left, whoever's it is; it then works in that tenant's name.
const RECOVERY = ['payment', 'refund'].map(
  (table) => `
  create policy left_pending on payments.${table} for select to plaza_payments
    using (status = 'PENDING' and current_setting('plaza.recovery', true) = 'on');
`,
);

const RECEIPT = `
  create table payments.receipt_counter (
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    year integer not null,
    last_number integer not null check (last_number > 0),
    primary key (tenant_id, location_id, year)
  );
  create table payments.receipt (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    year integer not null,
    number integer not null check (number > 0),
    ticket_id uuid not null,
    payment_id uuid not null unique references payments.payment,
    issued_at timestamptz not null,
    unique (location_id, year, number, tenant_id)
  );
  create index receipt_ticket on payments.receipt (ticket_id);
  create trigger never_changed before update or delete on payments.receipt
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.receipt execute function payments.refuse_change();
`;

const SANDBOX = `
  create table payments.sandbox_charge (
    payment_id uuid primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    status text not null check (status in ('AUTHORISED', 'CAPTURED', 'DECLINED', 'CANCELLED')),
    decline_reason text check ((decline_reason is not null) = (status in ('DECLINED', 'CANCELLED'))),
    amount bigint not null check (amount >= 0),
    currency_code text not null,
    created_at timestamptz not null default now()
  );
  create table payments.sandbox_refund (
    refund_id uuid primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    payment_id uuid not null references payments.sandbox_charge,
    amount bigint not null check (amount > 0),
    created_at timestamptz not null default now()
  );
`;

const GRANTS = `
  grant select, insert on payments.payment, payments.refund, payments.receipt, payments.receipt_counter,
    payments.sandbox_charge, payments.sandbox_refund to plaza_payments;
  grant update (status, refunded, decline_reason, provider_reference, outcome) on payments.payment to plaza_payments;
  grant update (status, outcome) on payments.refund to plaza_payments;
  grant update (last_number) on payments.receipt_counter to plaza_payments;
  grant update (status, decline_reason) on payments.sandbox_charge to plaza_payments;
`;

/** Payments, refunds, receipts without gaps, and what the sandbox provider remembers. */
export class Migration20261122090100_payments extends Migration {
  override up(): void {
    for (const step of [
      PAYMENT,
      shutByTenant('payments.payment', 'location_id'),
      shutByTenant('payments.refund', 'location_id'),
      ...RECOVERY,
      RECEIPT,
      shutByTenant('payments.receipt', 'location_id'),
      shutByTenant('payments.receipt_counter', 'location_id'),
      SANDBOX,
      shutByTenant('payments.sandbox_charge'),
      shutByTenant('payments.sandbox_refund'),
      GRANTS,
    ]) {
      this.addSql(step);
    }
  }
}
