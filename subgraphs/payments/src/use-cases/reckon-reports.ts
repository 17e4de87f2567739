import { setImmediate } from 'node:timers/promises';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readPastStays } from '../contract/tickets.js';
import { RECOVERY_SCOPE } from '../database/pending.queries.js';
import {
  addToReport,
  lockUnfinishedReport,
  readUnfinishedReports,
  type RepricedPage,
} from '../database/reprice-report.queries.js';
import type { RepriceReportRow } from '../database/reprice-report.entity.js';
import { readStayAccounts, type StayAccount } from '../database/stay-account.queries.js';
import { CompiledTariff } from '../domain/tariff/compiled-tariff.js';
import type { PaymentsDeps } from './context.js';
import { inTheNameOf } from './follow-provider.js';
import { chargeUnder, quoteOf } from './quote-of-stay.js';

/** Stays in one transaction: short enough to be repeated, long enough to be worth it. */
const PAGE = 500;
/** Steps of the meter, of about a microsecond each. */
const STEPS_AT_A_TIME = 20_000;

/**
 * Goes on with every unfinished report, page by page: each page and the progress are one transaction, so a process that
 * dies loses nothing. Several processes share the reports. Returns how many it finished.
 */
export async function reckonReports(on: PaymentsDeps, stopped: AbortSignal): Promise<number> {
  const unfinished = await on.database.read(RECOVERY_SCOPE, readUnfinishedReports);
  let finished = 0;
  for (const { id, tenantId } of unfinished) {
    const turn = () => on.database.write(inTheNameOf(tenantId), (tx) => reckonPage(tx, id, on.clock.now()));
    let went = 'ON';
    while (went === 'ON' && !stopped.aborted) went = await turn();
    if (went === 'FINISHED') finished += 1;
  }
  return finished;
}

async function reckonPage(tx: Transaction, id: string, now: Date): Promise<'ON' | 'FINISHED' | 'ELSEWHERE'> {
  const report = await lockUnfinishedReport(tx, id);
  if (!report) return 'ELSEWHERE';
  const { locationId, periodFrom: from, periodTo: to, lastExit, lastTicket } = report;
  const after = lastExit && lastTicket ? { exitedAt: lastExit, ticketId: lastTicket } : null;
  const past = await readPastStays(tx, { locationId, from, to }, after, PAGE);
  const stays = await readStayAccounts(
    tx,
    past.map(({ ticketId }) => ticketId),
  );
  const finishedAt = past.length < PAGE ? now : null;
  await addToReport(tx, id, { ...(await compared(report, stays)), last: past.at(-1), finishedAt });
  return finishedAt ? 'FINISHED' : 'ON';
}

/** Prices the stays by both tariffs; whoever waits meanwhile gets a turn now and then, however large the rules are. */
async function compared(
  { rules, currencyCode }: RepriceReportRow,
  stays: readonly StayAccount[],
): Promise<Omit<RepricedPage, 'last' | 'finishedAt'>> {
  const page = { priced: stays.length, charged: 0, wouldCharge: 0, dearer: 0, cheaper: 0 };
  let tariff: CompiledTariff | undefined;
  let steps = 0;
  for (const stay of stays) {
    if (!stay.exitedAt || stay.currencyCode !== currencyCode) continue;
    tariff ??= new CompiledTariff(rules, stay.timeZone, (taken) => (steps += taken));
    const { total: charged } = quoteOf({ ...stay, refunded: 0 }, stay.exitedAt);
    const would = chargeUnder(tariff, stay, stay.exitedAt);
    page.charged += charged;
    page.wouldCharge += would;
    if (would > charged) page.dearer += 1;
    if (would < charged) page.cheaper += 1;
    if (steps > STEPS_AT_A_TIME) {
      steps = 0;
      await setImmediate();
    }
  }
  return page;
}
