import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const CHARGE = `
  alter table payments.sandbox_charge drop constraint sandbox_charge_status_check;
  alter table payments.sandbox_charge
    add constraint sandbox_charge_status_check check (status in ('ACTION_REQUIRED', 'PROCESSING', 'AUTHORISED',
      'CAPTURED', 'DECLINED', 'CANCELLED')),
    add column action text check (action in ('CODE', 'AT_BANK')),
    add column dispute text check (dispute in ('OPEN', 'WON', 'LOST'));
  grant update (dispute) on payments.sandbox_charge to plaza_payments;
`;

const HAPPENING = `
  -- what the sandbox's bank will do by itself, and tell in a notice
  create table payments.sandbox_happening (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    payment_id uuid not null references payments.sandbox_charge,
    kind text not null check (kind in ('APPROVED', 'CAPTURED', 'DECLINED', 'DISPUTE_OPENED', 'DISPUTE_WON',
      'DISPUTE_LOST')),
    due_at timestamptz not null,
    told_at timestamptz
  );
  create index sandbox_happening_due on payments.sandbox_happening (due_at) where told_at is null;
  ${shutByTenant('payments.sandbox_happening')}
  create policy due on payments.sandbox_happening for select to plaza_payments
    using (told_at is null and current_setting('plaza.recovery', true) = 'on');
  grant select, insert on payments.sandbox_happening to plaza_payments;
  grant update (told_at) on payments.sandbox_happening to plaza_payments;
`;

/** The sandbox asks for a second step, decides later, and lets its card holders dispute. */
export class Migration20261122170200_sandbox extends Migration {
  override up(): void {
    for (const step of [CHARGE, HAPPENING]) this.addSql(step);
  }
}
