import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';

/** Who takes money. */
export interface PaymentSettings {
  /** Whether the sandbox, which has no bank behind it, takes cards: in production only when told to. */
  sandbox: boolean;
}

const shape = z.object({
  PLAZA_SANDBOX_PAYMENTS: z.enum(['on', 'off'], 'write on or off').optional(),
  NODE_ENV: z.string().optional(),
});

/** Throws SettingsError for a wrong value. */
export function readPaymentSettings(environment = process.env): PaymentSettings {
  const given = readSettings(shape, environment);
  const byDefault = given.NODE_ENV === 'production' ? 'off' : 'on';
  return { sandbox: (given.PLAZA_SANDBOX_PAYMENTS ?? byDefault) === 'on' };
}
