import type { Viewer } from '@plaza/platform/viewer';
import type { Charge } from '../../src/providers/provider.js';

/** Where a till can be killed: of the use-case's own transactions, and of its calls of the provider. */
export const PLACES = ['before commit', 'after commit', 'after the call', 'before the answer'] as const;
export type Place = (typeof PLACES)[number];

/** SIGKILL when an errand gets to this place for the nth time, counted from 1. */
export interface Death {
  place: Place;
  nth: number;
}

export type Story = 'pay' | 'confirm' | 'cancel' | 'refund' | 'exit' | 'notice' | 'recover';

/** One command for a till. */
export interface Errand {
  story: Story;
  input: Record<string, unknown>;
  /** The idempotency key, by which the provider's side knows what it is asked for; null: nobody's command. */
  key: string | null;
  death: Death | null;
  /** Milliseconds that the provider takes before it does what it is asked for in this errand. */
  slow: number;
}

/** What a till asks the provider, which outlives it. */
export type Call = 'authorise' | 'confirm' | 'capture' | 'cancel' | 'lookUp' | 'refund';

export interface Asking {
  call: Call;
  order: { paymentId: string; tenantId: string };
  key: string | null;
  slow: number;
}

/** Something that a use-case answered, as JSON. */
export interface Outcome {
  __typename?: string;
  payment?: { id: string; status: string };
  refund?: { id: string; status: string };
  reason?: string;
}

export type ToTill =
  | { kind: 'open'; url: string; viewer: Viewer; now: string; noticeKey: string }
  | { kind: 'errand'; id: number; errand: Errand }
  | { kind: 'answer'; id: number; answer: Charge | boolean | null }
  | { kind: 'silence'; id: number; message: string };

export type FromTill =
  | { kind: 'ask'; id: number; asking: Asking }
  | { kind: 'done'; id: number; outcome: Outcome }
  | { kind: 'failed'; id: number; message: string };
