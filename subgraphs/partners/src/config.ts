import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';
import { STANDARD_SCHEDULE } from './domain/retry-schedule.js';

/** How webhooks are sent. */
export interface WebhookSettings {
  /** Seconds before each attempt, counted from the one before. */
  schedule: readonly number[];
  /** The longest that one attempt may take, in milliseconds. */
  timeoutMs: number;
  /** How often to look for work that no wake-up announced, in milliseconds. */
  pollMs: number;
  /** Requests that one process has under way at once, and at most how many of them to one endpoint. */
  concurrency: number;
  concurrencyPerEndpoint: number;
  /** Days of nothing but failure after which an endpoint is disabled. */
  disableAfterDays: number;
  /** Whether http to this very machine is allowed: never in production. */
  allowLoopback: boolean;
}

const schedule = z
  .string()
  .regex(/^\d{1,7}(,\d{1,7}){0,29}$/, 'write 1 to 30 numbers of seconds with commas between, such as 0,5,300')
  .transform((text) => text.split(',').map(Number));

const shape = z.object({
  PLAZA_WEBHOOK_SCHEDULE: schedule.optional(),
  PLAZA_WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  PLAZA_WEBHOOK_DISABLE_AFTER_DAYS: z.coerce.number().positive().default(5),
  NODE_ENV: z.string().optional(),
});

/** Throws SettingsError for a wrong value. */
export function readWebhookSettings(environment = process.env): WebhookSettings {
  const given = readSettings(shape, environment);
  return {
    schedule: given.PLAZA_WEBHOOK_SCHEDULE ?? STANDARD_SCHEDULE,
    timeoutMs: given.PLAZA_WEBHOOK_TIMEOUT_MS,
    pollMs: 1_000,
    concurrency: 64,
    concurrencyPerEndpoint: 8,
    disableAfterDays: given.PLAZA_WEBHOOK_DISABLE_AFTER_DAYS,
    allowLoopback: given.NODE_ENV !== 'production',
  };
}
