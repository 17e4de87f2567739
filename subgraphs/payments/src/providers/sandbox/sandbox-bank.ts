import type { Database } from '@plaza/platform/database/database';
import type { Statement } from '@plaza/platform/database/sql';
import type { RawNotice } from '../provider.js';
import { SIGNATURE_HEADER, signNotice } from './sandbox-signature.js';
import type { Happening } from './sandbox-tokens.js';
import { type DueHappening, markTold, moveCharge, moveDispute, selectDue } from './sandbox.queries.js';

/** The setting under which the transaction sees what is due, whoever's it is. */
const EVERYBODYS = { tenantId: null, settings: { recovery: 'on' } };

const HAPPEN: Record<Happening, (paymentId: string) => Statement> = {
  APPROVED: (paymentId) => moveCharge(paymentId, ['ACTION_REQUIRED'], 'AUTHORISED'),
  CAPTURED: (paymentId) => moveCharge(paymentId, ['PROCESSING'], 'CAPTURED'),
  DECLINED: (paymentId) => moveCharge(paymentId, ['PROCESSING'], 'DECLINED', 'REFUSED'),
  DISPUTE_OPENED: (paymentId) => moveDispute(paymentId, null, 'OPEN'),
  DISPUTE_WON: (paymentId) => moveDispute(paymentId, 'OPEN', 'WON'),
  DISPUTE_LOST: (paymentId) => moveDispute(paymentId, 'OPEN', 'LOST'),
};

/** The side of the sandbox that acts by itself, and tells in signed notices what it did. */
export class SandboxBank {
  constructor(
    private readonly database: Database,
    private readonly key: Buffer,
    private readonly tell: (notice: RawNotice) => Promise<unknown>,
  ) {}

  /**
   * Does and tells what is due. Several processes may, and one may die in between: then a notice is told again, under the
   * same id. Returns how many it told.
   */
  async act(): Promise<number> {
    const due = await this.database.read(EVERYBODYS, (tx) => tx.rows<DueHappening>(selectDue()));
    for (const happening of due) {
      const scope = { tenantId: happening.tenantId };
      await this.database.write(scope, (tx) => tx.run(HAPPEN[happening.kind](happening.paymentId)));
      await this.tell(this.noticeOf(happening));
      await this.database.write(scope, (tx) => tx.run(markTold(happening.id)));
    }
    return due.length;
  }

  private noticeOf(happening: DueHappening): RawNotice {
    const body = Buffer.from(JSON.stringify(happening));
    return { headers: { [SIGNATURE_HEADER]: signNotice(this.key, body) }, body };
  }
}
