import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '@plaza/platform/secrets';

/** The header in which the sandbox signs the body of a notice: HMAC-SHA256, in hexadecimal. */
export const SIGNATURE_HEADER = 'plaza-sandbox-signature';

/** The key that the sandbox signs its notices with, derived from PLAZA_SECRET. */
export const sandboxKey = (secrets: Secrets): Buffer => secrets.key('payments sandbox notices');

export const signNotice = (key: Buffer, body: string | Buffer): string =>
  createHmac('sha256', key).update(body).digest('hex');

/** Whether the body is signed with this key; takes as long for a wrong signature as for a right one. */
export function isSigned(key: Buffer, body: Buffer, signature: unknown): boolean {
  if (typeof signature !== 'string') return false;
  const [expected, given] = [Buffer.from(signNotice(key, body)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
