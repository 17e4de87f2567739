import { DAY } from './tariff/local-time.js';

export const REFUND_AUTHORITIES = ['ANYBODY', 'MANAGERS', 'OWNERS'] as const;
export type RefundAuthority = (typeof REFUND_AUTHORITIES)[number];

/** Under which conditions money is given back. */
export interface RefundPolicy {
  /** For how many days of 24 hours after the payment; null: for ever. */
  windowDays?: number | null;
  /** The most of a payment, in percent, all its refunds together. */
  mostPercent: number;
  /** The reasons that are accepted, word for word; empty: any. */
  reasons: readonly string[];
  /** Who of those with the scope payments:refund. */
  who: RefundAuthority;
}

/** What holds where nothing was set. */
export const DEFAULT_REFUND_POLICY = {
  windowDays: 90,
  mostPercent: 100,
  reasons: [],
  who: 'ANYBODY',
} satisfies RefundPolicy;

export const REFUND_REFUSALS = [
  'NOT_AUTHORIZED',
  'REASON_NOT_ACCEPTED',
  'WINDOW_OVER',
  'PERCENT_EXCEEDED',
] as const;
export type RefundRefusal = (typeof REFUND_REFUSALS)[number];

/** A refund that somebody asks for; amounts in minor units. */
export interface AskedRefund {
  amount: number;
  reason: string;
  at: Date;
  roles: readonly string[];
  payment: { amount: number; refunded: number; paidAt: Date };
}

const ROLES_OF: Record<RefundAuthority, readonly string[] | null> = {
  ANYBODY: null,
  MANAGERS: ['MANAGER', 'OWNER'],
  OWNERS: ['OWNER'],
};

/** True for a text that says why money is given back: 1 to 500 characters, and not only blanks. */
export const isReason = (text: string): boolean => text.trim() !== '' && text.length <= 500;

/** What is said of a text that is no reason. */
export const NO_REASON = 'A reason has 1 to 500 characters, and not only blanks.';

/** The most that the policy ever gives back of a payment, in minor units, rounded down. */
export const mostOf = ({ mostPercent }: RefundPolicy, amount: number): number =>
  Math.floor((amount * mostPercent) / 100);

/** The first reason why the policy refuses; null: it allows the refund. */
export function refusalOf(policy: RefundPolicy, asked: AskedRefund): RefundRefusal | null {
  const roles = ROLES_OF[policy.who];
  if (roles && !asked.roles.some((role) => roles.includes(role))) return 'NOT_AUTHORIZED';
  if (policy.reasons.length > 0 && !policy.reasons.includes(asked.reason)) return 'REASON_NOT_ACCEPTED';
  const { payment } = asked;
  const age = asked.at.getTime() - payment.paidAt.getTime();
  if (age > (policy.windowDays ?? Infinity) * DAY) return 'WINDOW_OVER';
  return payment.refunded + asked.amount > mostOf(policy, payment.amount) ? 'PERCENT_EXCEEDED' : null;
}
