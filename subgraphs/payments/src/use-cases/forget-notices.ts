import { deleteOldNotices, keptFor } from '../database/notice.queries.js';
import type { PaymentsDeps } from './context.js';

/**
 * Forgets the notices, of every tenant, that did their work more than `days` ago. A provider that repeats one of them after
 * that is heard anew, which does no harm: what a notice tells is asked of the provider. Returns how many there were.
 */
export const forgetNotices = ({ database }: PaymentsDeps, days: number): Promise<number> =>
  database.write(keptFor(days), deleteOldNotices);
