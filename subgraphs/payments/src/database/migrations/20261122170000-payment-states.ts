import { Migration } from '@mikro-orm/migrations';

// Cash is a provider like the others: it just answers at once.
const COLUMNS = `
  alter table payments.payment no force row level security;
  alter table payments.payment drop constraint payment_check3;
  alter table payments.payment alter column provider set default 'cash';
  update payments.payment set provider = 'cash' where provider is null;
  alter table payments.payment alter column provider set not null,
    add constraint payment_provider check ((provider = 'cash') = (method = 'CASH'));
  alter table payments.payment force row level security;

  alter table payments.payment drop constraint payment_status_check;
  alter table payments.payment
    add constraint payment_status_check check (status in ('PENDING', 'AUTHORIZED', 'SUCCEEDED', 'DECLINED',
      'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED')),
    -- cash is handed over in coins: what that adds to the amount, or takes off
    add column rounding bigint not null default 0 check (rounding = 0 or method = 'CASH'),
    add column cash_received bigint,
    -- what the payer, or nobody, has to do next; null where the provider has not answered or has answered for good
    add column next_action jsonb,
    -- the last payment of what was due: from it the exit grace counts
    add column settles boolean generated always as (amount >= coalesce((quote ->> 'due')::bigint, 0)) stored,
    -- how often, and when last, the provider was asked what became of it
    add column checks integer not null default 0,
    add column checked_at timestamptz,
    add constraint payment_handed_over check (amount + rounding >= 0),
    add constraint payment_cash_received check (
      cash_received is null or (method = 'CASH' and cash_received >= amount + rounding));
  alter table payments.refund
    add column rounding bigint not null default 0,
    add column checks integer not null default 0,
    add column checked_at timestamptz,
    add constraint refund_handed_back check (amount + rounding >= 0);
`;

// What runs at the provider is PENDING or AUTHORIZED: one at a time for a ticket, whatever the processes think.
const UNFINISHED = `
  drop index payments.payment_one_pending;
  create unique index payment_one_pending on payments.payment (ticket_id) where status in ('PENDING', 'AUTHORIZED');
  drop index payments.payment_pending;
  create index payment_pending on payments.payment (created_at) where status in ('PENDING', 'AUTHORIZED');
  drop policy left_pending on payments.payment;
  create policy left_pending on payments.payment for select to plaza_payments
    using (status in ('PENDING', 'AUTHORIZED') and current_setting('plaza.recovery', true) = 'on');
`;

// Holds for the owner and for a superuser's slip too.
const STEPS = `
  create function payments.check_payment_step() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      if new.status <> 'PENDING' and not (new.status = 'SUCCEEDED' and new.method = 'CASH') then
        raise exception 'A payment does not begin as %.', new.status using errcode = 'restrict_violation';
      end if;
      return new;
    end if;
    if old.status <> new.status and (old.status, new.status) not in (
        ('PENDING', 'AUTHORIZED'), ('PENDING', 'SUCCEEDED'), ('PENDING', 'DECLINED'), ('PENDING', 'CANCELLED'),
        ('AUTHORIZED', 'SUCCEEDED'), ('AUTHORIZED', 'DECLINED'), ('AUTHORIZED', 'CANCELLED'),
        ('SUCCEEDED', 'PARTIALLY_REFUNDED'), ('SUCCEEDED', 'REFUNDED'), ('SUCCEEDED', 'DISPUTED'),
        ('PARTIALLY_REFUNDED', 'REFUNDED'), ('PARTIALLY_REFUNDED', 'DISPUTED'),
        ('DISPUTED', 'SUCCEEDED'), ('DISPUTED', 'PARTIALLY_REFUNDED'), ('DISPUTED', 'REFUNDED')) then
      raise exception 'A payment that is % does not become %.', old.status, new.status
        using errcode = 'restrict_violation';
    end if;
    if (old.id, old.tenant_id, old.ticket_id, old.location_id, old.method, old.provider, old.currency_code, old.amount,
        old.tax, old.rounding, old.cash_received, old.quote, old.paid_at)
      is distinct from (new.id, new.tenant_id, new.ticket_id, new.location_id, new.method, new.provider,
        new.currency_code, new.amount, new.tax, new.rounding, new.cash_received, new.quote, new.paid_at) then
      raise exception 'What a payment pays is never changed.' using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger step before insert or update on payments.payment
    for each row execute function payments.check_payment_step();
  create trigger never_deleted before delete on payments.payment
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.payment execute function payments.refuse_change();
`;

const GRANTS = `
  revoke all on function payments.check_payment_step from public;
  grant update (next_action, checks, checked_at) on payments.payment to plaza_payments;
  grant update (checks, checked_at) on payments.refund to plaza_payments;
`;

/** The steps that a payment may take, kept by the database; cash in coins; how often a provider was asked. */
export class Migration20261122170000_payment_states extends Migration {
  override up(): void {
    for (const step of [COLUMNS, UNFINISHED, STEPS, GRANTS]) this.addSql(step);
  }
}
