import { Migration } from '@mikro-orm/migrations';

// What was booked before stays on the accounts without a rate.
const ACCOUNTS = `
  alter table payments.account
    add column tax_percent numeric(6, 3) check (tax_percent between 0 and 100),
    drop constraint account_kind_check,
    drop constraint account_tenant_id_location_id_kind_currency_code_key,
    add constraint account_kind_check check (kind in ('CASH_DRAWER', 'CARD_CLEARING', 'DIGITAL_CLEARING', 'RECEIVABLE',
      'REVENUE', 'TAX', 'REFUNDS', 'VALIDATIONS', 'CASH_DIFFERENCE')),
    add constraint account_rate check (
      tax_percent is null or kind in ('REVENUE', 'TAX', 'REFUNDS', 'VALIDATIONS')),
    add constraint account_once unique nulls not distinct (tenant_id, location_id, kind, currency_code, tax_percent);
`;

const ACCOUNT = `
  drop function payments.account_id(uuid, text, text);
  -- the account, opened at its first use
  create function payments.account_id(location uuid, account_kind text, currency text, percent numeric default null)
    returns uuid language plpgsql as $$
  declare found_id uuid;
  begin
    select id into found_id from payments.account where tenant_id = (select plaza.tenant_id())
      and location_id = location and kind = account_kind and currency_code = currency
      and tax_percent is not distinct from percent;
    if found_id is null then
      insert into payments.account (location_id, kind, currency_code, tax_percent)
        values (location, account_kind, currency, percent) on conflict do nothing;
      select id into strict found_id from payments.account where tenant_id = (select plaza.tenant_id())
        and location_id = location and kind = account_kind and currency_code = currency
        and tax_percent is not distinct from percent;
    end if;
    return found_id;
  end $$;
  revoke all on function payments.account_id from public;
  grant execute on function payments.account_id to plaza_payments;
`;

/** Revenue, tax, refunds and validations by rate; what merchants owe; what drawers are short of. */
export class Migration20261122180000_accounts_by_rate extends Migration {
  override up(): void {
    for (const step of [ACCOUNTS, ACCOUNT]) this.addSql(step);
  }
}
