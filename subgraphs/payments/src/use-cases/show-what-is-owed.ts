import type { Transaction } from '@plaza/platform/database/transaction';
import { reopenStay, settleStay } from '../contract/tickets.js';
import { readStayAccounts } from '../database/stay-account.queries.js';
import { isInside } from '../domain/stay.js';
import { quoteOf } from './quote-of-stay.js';

/**
 * Brings the ticket of a locked stay whose vehicle is inside to what is due at `at`: settled when that is nothing and all
 * that was due was paid before, open when it is something.
 */
export async function showWhatIsOwed(tx: Transaction, ticketId: string, at: Date): Promise<void> {
  const [stay] = await readStayAccounts(tx, [ticketId]);
  if (!stay || !isInside(stay.status)) return;
  const isSettled = stay.status === 'SETTLED';
  const isOwed = quoteOf(stay, at).due > 0;
  if (isOwed && isSettled) await reopenStay(tx, ticketId, at);
  if (!isOwed && !isSettled && stay.lastPaidAt) await settleStay(tx, ticketId, at);
}
