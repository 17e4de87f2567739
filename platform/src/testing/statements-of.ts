import { jest } from '@jest/globals';
import { Transaction } from '../database/transaction.js';

/** How many statements some work took, those that open its transactions left out. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const ways = ['rows', 'row', 'one', 'run'] as const;
  const spies = ways.map((way) => jest.spyOn(Transaction.prototype, way));
  await work();
  const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return count;
}
