import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { countPastStays } from '../contract/tickets.js';
import { RepriceReport, type RepriceReportRow } from './reprice-report.entity.js';

export type NewRepriceReport = Pick<
  RepriceReportRow,
  'locationId' | 'periodFrom' | 'periodTo' | 'rules' | 'currencyCode'
>;

export const insertRepriceReport = (tx: Transaction, report: NewRepriceReport): Promise<RepriceReportRow> =>
  tx.one<RepriceReportRow>(sql`
    insert into payments.reprice_report (location_id, period_from, period_to, rules, currency_code, stays)
    values (${report.locationId}, ${report.periodFrom}, ${report.periodTo}, ${JSON.stringify(report.rules)},
      ${report.currencyCode}, ${countPastStays(report.locationId, report.periodFrom, report.periodTo)})
    returning ${sql.columns(RepriceReport)}`);

export const readRepriceReport = (tx: Transaction, id: string): Promise<RepriceReportRow | undefined> =>
  tx.row<RepriceReportRow>(
    sql`select ${sql.columns(RepriceReport)} from payments.reprice_report where id = ${id}`,
  );

/** Unfinished reports of every tenant, oldest first; the transaction must have RECOVERY_SCOPE. */
export const readUnfinishedReports = (
  tx: Transaction,
): Promise<Pick<RepriceReportRow, 'id' | 'tenantId'>[]> =>
  tx.rows(sql`
    select id, tenant_id as "tenantId" from payments.reprice_report where finished_at is null
    order by created_at limit 100`);

/** Locks a report to go on with it; undefined when another process does, or it is finished. */
export const lockUnfinishedReport = (tx: Transaction, id: string): Promise<RepriceReportRow | undefined> =>
  tx.row<RepriceReportRow>(sql`
    select ${sql.columns(RepriceReport)} from payments.reprice_report
    where id = ${id} and finished_at is null for update skip locked`);

/** What a page of stays adds to a report. */
export interface RepricedPage {
  priced: number;
  charged: number;
  wouldCharge: number;
  dearer: number;
  cheaper: number;
  /** The last stay of the page. */
  last: { ticketId: string; exitedAt: Date } | undefined;
  /** When it was the last page. */
  finishedAt: Date | null;
}

export const addToReport = (tx: Transaction, id: string, page: RepricedPage): Promise<number> =>
  tx.run(sql`
    update payments.reprice_report set priced = priced + ${page.priced}, charged = charged + ${page.charged},
      would_charge = would_charge + ${page.wouldCharge}, dearer = dearer + ${page.dearer},
      cheaper = cheaper + ${page.cheaper}, last_exit = coalesce(${page.last?.exitedAt ?? null}, last_exit),
      last_ticket = coalesce(${page.last?.ticketId ?? null}, last_ticket), finished_at = ${page.finishedAt}
    where id = ${id}`);
