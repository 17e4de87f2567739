import {
  type Charge,
  type Notice,
  NoticeRefused,
  type PaymentKey,
  type PaymentProvider,
} from '../provider.js';

/** Coins and notes: what is handed over is taken, what is handed back is given back, and nobody has to be asked. */
export class CashProvider implements PaymentProvider {
  readonly name = 'cash';
  readonly methods = ['CASH'] as const;
  readonly atOnce = true;

  authorise(key: PaymentKey): Promise<Charge> {
    return this.taken(key);
  }

  confirm(key: PaymentKey): Promise<Charge> {
    return this.taken(key);
  }

  capture(key: PaymentKey): Promise<Charge> {
    return this.taken(key);
  }

  cancel(key: PaymentKey): Promise<Charge> {
    return this.taken(key);
  }

  lookUp(key: PaymentKey): Promise<Charge> {
    return this.taken(key);
  }

  refund(): Promise<boolean> {
    return Promise.resolve(true);
  }

  parseNotice(): Notice {
    throw new NoticeRefused('Cash sends no notices.');
  }

  private taken({ paymentId }: PaymentKey): Promise<Charge> {
    return Promise.resolve({ status: 'CAPTURED', reference: `cash_${paymentId}` });
  }
}
