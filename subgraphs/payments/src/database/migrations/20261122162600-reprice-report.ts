import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const TABLE = `
  create table payments.reprice_report (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    period_from timestamptz not null,
    period_to timestamptz not null check (period_to > period_from),
    rules jsonb not null check (jsonb_typeof(rules) = 'object'),
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    stays bigint not null check (stays >= 0),
    priced bigint not null default 0 check (priced >= 0),
    -- minor units: what the stays cost by their own tariff, and by this one
    charged bigint not null default 0,
    would_charge bigint not null default 0,
    dearer bigint not null default 0,
    cheaper bigint not null default 0,
    -- the last stay that is counted: a process that dies leaves the next one to go on from here
    last_exit timestamptz,
    last_ticket uuid,
    finished_at timestamptz,
    created_at timestamptz not null default now()
  );
  create index reprice_report_unfinished on payments.reprice_report (created_at) where finished_at is null;
`;

const RECOVERY = `
  create policy left_unfinished on payments.reprice_report for select to plaza_payments
    using (finished_at is null and current_setting('plaza.recovery', true) = 'on');
`;

const GRANTS = `
  grant select, insert on payments.reprice_report to plaza_payments;
  grant update (priced, charged, would_charge, dearer, cheaper, last_exit, last_ticket, finished_at)
    on payments.reprice_report to plaza_payments;
`;

/** What past stays would have cost under another tariff, reckoned page by page. */
export class Migration20261122162600_reprice_report extends Migration {
  override up(): void {
    for (const step of [TABLE, shutByTenant('payments.reprice_report', 'location_id'), RECOVERY, GRANTS]) {
      this.addSql(step);
    }
  }
}
