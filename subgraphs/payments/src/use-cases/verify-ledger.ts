import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { toDecimal } from '@plaza/platform/money';
import { LEDGER_RULES } from '../database/ledger-audit.queries.js';
import { readable } from '../database/ledger-rule.js';
import { readStayAccounts, type StayAccount } from '../database/stay-account.queries.js';
import { quoteOf } from './quote-of-stay.js';

/** What came of one rule. */
export interface VerifiedRule {
  says: string;
  /** How many were looked at, and what they are. */
  looked: number;
  of: string;
  /** A sentence for each that breaks the rule. */
  findings: string[];
}

/**
 * Looks whether payments, tickets and the ledger of every tenant tell the same story. Reads only; the transaction must see
 * every tenant's rows, as an administrator's does, and should see them all at one instant.
 */
export async function* verifyLedger(tx: Transaction): AsyncGenerator<VerifiedRule> {
  for (const { says, of, counted, broken } of LEDGER_RULES) {
    const { count } = await tx.one<{ count: number }>(counted);
    const rows = await tx.rows<{ subject: string; finding: string }>(broken);
    yield {
      says,
      of,
      looked: Number(count),
      findings: rows.map(({ subject, finding }) => `${subject} ${readable(finding)}`),
    };
  }
  yield await verifyTickets(tx);
}

const BATCH = 500;

/** Every ticket that was settled or has ended is quoted again, by the rules that bound it. */
async function verifyTickets(tx: Transaction): Promise<VerifiedRule> {
  const findings: string[] = [];
  let looked = 0;
  const tenants = await tx.rows<{ tenantId: string }>(
    sql`select distinct tenant_id as "tenantId" from tickets.ticket order by 1`,
  );
  for (const { tenantId } of tenants) {
    // what other subgraphs tell, they tell to a tenant
    await tx.run(sql`select set_config('plaza.tenant', ${tenantId}, true)`);
    for (let after = NONE; ;) {
      const tickets = await tx.rows<{ id: string }>(sql`
        select id from tickets.ticket where tenant_id = ${tenantId} and status in ('SETTLED', 'CLOSED') and id > ${after}
        order by id limit ${BATCH}`);
      const last = tickets.at(-1);
      if (!last) break;
      after = last.id;
      looked += tickets.length;
      const stays = await readStayAccounts(
        tx,
        tickets.map(({ id }) => id),
      );
      findings.push(...stays.flatMap(debtOf));
    }
  }
  return { says: 'Every ticket that is settled or closed owes nothing.', of: 'tickets', looked, findings };
}

const NONE = '00000000-0000-0000-0000-000000000000';

function debtOf(stay: StayAccount): string[] {
  const ended = stay.exitedAt ?? stay.lastPaidAt;
  if (!ended) return [`ticket ${stay.ticketId} is settled without a payment`];
  const { due, currencyCode } = quoteOf(stay, ended);
  if (due === 0) return [];
  return [`ticket ${stay.ticketId} owes ${currencyCode} ${toDecimal(due, currencyCode)}`];
}
