import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@plaza/platform/database/database';
import { newId } from '@plaza/platform/ids';
import type { Charge, PaymentProvider, RawNotice } from '../../src/providers/provider.js';
import { SandboxBank } from '../../src/providers/sandbox/sandbox-bank.js';
import { SIGNATURE_HEADER, signNotice } from '../../src/providers/sandbox/sandbox-signature.js';
import { SandboxProvider } from '../../src/providers/sandbox/sandbox.provider.js';
import type { Asking } from './errand.js';

/** A notice on its way. The bank sends it again until somebody has acknowledged it. */
export interface Letter {
  headers: Record<string, string>;
  body: string;
  acknowledged: boolean;
}

/** The provider's side, which outlives the tills: what it was told to do it does, though nobody waits for the answer. */
export class Bank {
  /** Which key each order to charge came with. */
  readonly orders: { key: string; paymentId: string }[] = [];
  readonly letters: Letter[] = [];
  /** The ids of all notices that were ever sent. */
  readonly noticeIds: string[] = [];
  private readonly sandbox: PaymentProvider;
  private readonly bank: SandboxBank;
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    database: Database,
    private readonly key: Buffer,
  ) {
    this.sandbox = new SandboxProvider(database, { key, laterSeconds: 0 });
    this.bank = new SandboxBank(database, key, (notice) => Promise.resolve(this.post(notice)));
  }

  answer(asking: Asking): Promise<Charge | boolean | null> {
    const answer = this.serve(asking);
    const done = answer.catch(() => undefined).finally(() => this.underWay.delete(done));
    this.underWay.add(done);
    return answer;
  }

  /** Does what the bank does by itself, and writes letters about it. */
  act(): Promise<number> {
    return this.bank.act();
  }

  /** Waits for what it was asked to do by tills that may be dead. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async serve({ call, order, key, slow }: Asking): Promise<Charge | boolean | null> {
    if (call === 'authorise' && key) this.orders.push({ key, paymentId: order.paymentId });
    if (slow > 0) await sleep(slow);
    const answer = await this.sandbox[call](order as never);
    // told before it is answered
    if (call === 'capture') this.postAbout(order, 'CAPTURED');
    return answer;
  }

  private postAbout({ paymentId, tenantId }: Asking['order'], kind: string): void {
    const body = Buffer.from(JSON.stringify({ id: newId(), kind, paymentId, tenantId }));
    this.post({ headers: { [SIGNATURE_HEADER]: signNotice(this.key, body) }, body });
  }

  private post({ headers, body }: RawNotice): void {
    const text = body.toString();
    this.noticeIds.push((JSON.parse(text) as { id: string }).id);
    this.letters.push({ headers: headers as Letter['headers'], body: text, acknowledged: false });
  }
}
