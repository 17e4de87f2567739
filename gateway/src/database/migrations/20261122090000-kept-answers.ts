import { Migration } from '@mikro-orm/migrations';
import { forgettable } from '@plaza/platform/database/retention';
import { shutByTenant } from '@plaza/platform/database/row-security';

const TABLE = `
  create table gateway.kept_answer (
    tenant_id uuid not null default plaza.tenant_id(),
    fingerprint bytea not null check (length(fingerprint) = 32),
    answer text not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, fingerprint)
  );
  grant usage on schema gateway to plaza_gateway;
  grant select, insert on gateway.kept_answer to plaza_gateway;
`;

/** The first answers to commands with a key. */
export class Migration20261122090000_kept_answers extends Migration {
  override up(): void {
    this.addSql(TABLE);
    this.addSql(shutByTenant('gateway.kept_answer'));
    this.addSql(forgettable('gateway.kept_answer', 'plaza_gateway'));
  }
}
