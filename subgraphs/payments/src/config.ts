import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';

/** Who takes money. */
export interface PaymentSettings {
  /** Whether the sandbox, which has no bank behind it, takes cards: in production only when told to. */
  sandbox: boolean;
  /** What the world calls this Plaza by, without a slash at its end, such as https://plaza.example.com; null: not told. */
  publicUrl: string | null;
  /** For how many days a provider's notice is kept once it has done its work, so that a repetition is known. */
  noticeRetentionDays: number;
}

const shape = z.object({
  PLAZA_SANDBOX_PAYMENTS: z.enum(['on', 'off'], 'write on or off').optional(),
  PLAZA_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'it should read https://host or https://host/path', abort: true })
    .refine(isBare, 'it should have no user, no ? and no #')
    .optional(),
  PLAZA_NOTICE_RETENTION_DAYS: z.coerce
    .number('write a whole number of days')
    .int('write a whole number of days')
    .min(30, 'it is at least 30')
    .max(3650, 'it is at most 3650')
    .default(90),
  NODE_ENV: z.string().optional(),
});

/** Whether something can be written behind the address. */
function isBare(address: string): boolean {
  const { username, password, search, hash } = new URL(address);
  return username + password + search + hash === '';
}

/** Throws SettingsError for a wrong value. */
export function readPaymentSettings(environment = process.env): PaymentSettings {
  const given = readSettings(shape, environment);
  const byDefault = given.NODE_ENV === 'production' ? 'off' : 'on';
  return {
    sandbox: (given.PLAZA_SANDBOX_PAYMENTS ?? byDefault) === 'on',
    publicUrl: given.PLAZA_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    noticeRetentionDays: given.PLAZA_NOTICE_RETENTION_DAYS,
  };
}
