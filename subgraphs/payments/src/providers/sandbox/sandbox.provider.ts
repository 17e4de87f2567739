import type { Database } from '@plaza/platform/database/database';
import type { Statement } from '@plaza/platform/database/sql';
import { isId } from '@plaza/platform/ids';
import { z } from 'zod';
import type { PaymentMethod } from '../../domain/payment.js';
import {
  type Charge,
  type ChargeOrder,
  type Confirmation,
  type Notice,
  NoticeRefused,
  type PaymentKey,
  type PaymentProvider,
  type RawNotice,
  type RefundOrder,
} from '../provider.js';
import { isSigned, SIGNATURE_HEADER } from './sandbox-signature.js';
import { SANDBOX_TOKENS, UNKNOWN_CARD } from './sandbox-tokens.js';
import {
  cancelCharge,
  confirmCharge,
  type ChargeRow,
  insertCharge,
  insertRefund,
  lockCharge,
  moveCharge,
  selectCharge,
  selectRefund,
} from './sandbox.queries.js';

export interface SandboxOptions {
  /** What it takes; CARD and DIGITAL unless told. */
  methods?: readonly PaymentMethod[];
  /** What its notices are signed with. */
  key: Buffer;
  /** How long its bank takes for what comes later, in seconds; 5 unless told. */
  laterSeconds?: number;
}

const id = z.string().refine(isId);
const noticeBody = z.object({ id, kind: z.string().min(1).max(100), paymentId: id, tenantId: id });

/** A provider without a bank behind it. It remembers its charges in tables of its own, in transactions of its own. */
export class SandboxProvider implements PaymentProvider {
  readonly name = 'sandbox';
  readonly atOnce = false;
  readonly methods: readonly PaymentMethod[];
  private readonly key: Buffer;
  private readonly laterSeconds: number;

  constructor(
    private readonly database: Database,
    { methods = ['CARD', 'DIGITAL'], key, laterSeconds = 5 }: SandboxOptions,
  ) {
    this.methods = methods;
    this.key = key;
    this.laterSeconds = laterSeconds;
  }

  async authorise(order: ChargeOrder): Promise<Charge> {
    const card = SANDBOX_TOKENS.get(order.token ?? '') ?? UNKNOWN_CARD;
    if (card.silent === 'UNHEARD') throw new Error('The sandbox was never reached.');
    const charge = await this.change(order, insertCharge(order, card, this.laterSeconds));
    if (card.silent === 'UNANSWERED') throw new Error('The sandbox did not answer in time.');
    return charge;
  }

  // who confirms at the bank tells the bank, and the bank us: a code changes nothing then
  confirm({ code, ...key }: Confirmation): Promise<Charge> {
    return this.change(key, confirmCharge(key.paymentId, code));
  }

  capture(key: PaymentKey): Promise<Charge> {
    return this.change(key, moveCharge(key.paymentId, ['AUTHORISED'], 'CAPTURED'));
  }

  cancel(key: PaymentKey): Promise<Charge> {
    return this.change(key, cancelCharge(key.paymentId));
  }

  async lookUp(key: PaymentKey): Promise<Charge | null> {
    const row = await this.database.read({ tenantId: key.tenantId }, (tx) =>
      tx.row<ChargeRow>(selectCharge(key.paymentId)),
    );
    return row ? asCharge(row, key) : null;
  }

  refund(order: RefundOrder): Promise<boolean> {
    return this.database.write({ tenantId: order.tenantId }, async (tx) => {
      // refunds of one charge wait for each other, so that their sum is known
      const lock = tx.run(lockCharge(order.paymentId));
      const insert = tx.run(insertRefund(order));
      const known = tx.row(selectRefund(order.refundId));
      return (await Promise.all([known, insert, lock]))[0] !== undefined;
    });
  }

  parseNotice({ headers, body }: RawNotice): Notice {
    if (!isSigned(this.key, body, headers[SIGNATURE_HEADER])) {
      throw new NoticeRefused('This notice is not signed by the sandbox.');
    }
    const read = noticeBody.safeParse(parsed(body));
    if (!read.success) throw new NoticeRefused('This notice cannot be read.');
    return read.data;
  }

  private change(key: PaymentKey, command: Statement): Promise<Charge> {
    return this.database.write({ tenantId: key.tenantId }, async (tx) => {
      const [, row] = await Promise.all([tx.run(command), tx.one<ChargeRow>(selectCharge(key.paymentId))]);
      return asCharge(row, key);
    });
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function asCharge({ status, declineReason, action, dispute }: ChargeRow, { paymentId }: PaymentKey): Charge {
  const reference = `sandbox_${paymentId}`;
  switch (status) {
    case 'ACTION_REQUIRED':
      return { status, reference, action: { kind: action ?? 'AT_BANK', url: null } };
    case 'CAPTURED': {
      if (!dispute) return { status, reference };
      const reason = 'The card holder does not recognize the payment.';
      return { status, reference, dispute: { reference: `dispute_${paymentId}`, status: dispute, reason } };
    }
    case 'PROCESSING':
    case 'AUTHORISED':
      return { status, reference };
    default:
      return { status, reason: declineReason ?? 'REFUSED' };
  }
}
