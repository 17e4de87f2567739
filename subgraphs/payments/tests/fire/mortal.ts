import { AsyncLocalStorage } from 'node:async_hooks';
import { Database, type TenantScope } from '@plaza/platform/database/database';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Viewer } from '@plaza/platform/viewer';
import type { Charge, Notice, PaymentProvider, RawNotice } from '../../src/providers/provider.js';
import { SandboxProvider } from '../../src/providers/sandbox/sandbox.provider.js';
import type { Asking, Call, Errand, Place } from './errand.js';

/** The errand in whose course something happens. */
export const errands = new AsyncLocalStorage<Errand>();

/** Dies here, as a process does whose machine is switched off, if that is the errand's fate. */
async function reach(place: Place): Promise<void> {
  const death = errands.getStore()?.death;
  if (death?.place !== place || (death.nth -= 1) > 0) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
}

/** A database whose process may die when the work of a transaction is done, or when it is committed and nobody told. */
export class MortalDatabase extends Database {
  override async write<Result>(
    scope: Viewer | TenantScope,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const result = await super.write(scope, async (tx) => {
      const done = await work(tx);
      await reach('before commit');
      return done;
    });
    await reach('after commit');
    return result;
  }
}

/** A call to the provider, in two halves: the order is on its way, the answer is here. */
export interface Line {
  send(asking: Asking): Promise<{ answer: Promise<Charge | boolean | null> }>;
}

/** The sandbox at the other end of a line: what it was asked to do it does, whether the till lives or not. */
export class DistantSandbox implements PaymentProvider {
  readonly name = 'sandbox';
  readonly atOnce = false;
  readonly methods = ['CARD', 'DIGITAL'] as const;
  readonly authorise = this.asking('authorise');
  readonly confirm = this.asking('confirm');
  readonly capture = this.asking('capture');
  readonly cancel = this.asking('cancel');
  readonly lookUp = this.asking('lookUp');
  readonly refund = this.asking('refund');
  private readonly reader: SandboxProvider;

  constructor(
    database: Database,
    key: Buffer,
    private readonly line: Line,
  ) {
    this.reader = new SandboxProvider(database, { key });
  }

  parseNotice(raw: RawNotice): Notice | null {
    return this.reader.parseNotice(raw);
  }

  private asking<Called extends Call>(call: Called): PaymentProvider[Called] {
    const ask = async (order: Asking['order']) => {
      const { key = null, slow = 0 } = errands.getStore() ?? {};
      const { answer } = await this.line.send({ call, order, key, slow });
      await reach('before the answer');
      const known = await answer;
      await reach('after the call');
      return known;
    };
    return ask as PaymentProvider[Called];
  }
}
