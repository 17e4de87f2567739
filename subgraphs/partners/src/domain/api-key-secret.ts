import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'plz_live_';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 32;
/** 62^43 is the first power of 62 above 2^256, and 62^6 the first above 2^32. */
const RANDOM_DIGITS = 43;
const CHECKSUM_DIGITS = 6;

/** An API key as it is made: `secret` is shown to its maker once, the rest is what is kept. */
export interface ApiKeySecret {
  secret: string;
  /** sha256 of the whole secret. The secret has 256 random bits, so a slow hash would add nothing. */
  hash: Buffer;
  /** The beginning of the secret, enough to recognise a key in a list and useless for anything else. */
  displayPrefix: string;
}

/** A new secret: `plz_live_`, 256 random bits and a CRC-32, both in base 62. */
export function newApiKeySecret(random: Buffer = randomBytes(RANDOM_BYTES)): ApiKeySecret {
  const digits = base62(BigInt(`0x${random.toString('hex')}`), RANDOM_DIGITS);
  const secret = PREFIX + digits + checksum(digits);
  return { secret, hash: hashApiKey(secret), displayPrefix: secret.slice(0, PREFIX.length + 4) };
}

/** What partners.authenticate_api_key is asked for. */
export const hashApiKey = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

/**
 * True for a text that could be one of our keys: prefix, length and checksum are right. It says nothing about whether
 * the key exists; it spares the database a look-up for a mistyped key, and lets a secret scanner recognise a leak.
 */
export function isApiKeyShaped(text: string): boolean {
  if (!text.startsWith(PREFIX) || text.length !== PREFIX.length + RANDOM_DIGITS + CHECKSUM_DIGITS)
    return false;
  const digits = text.slice(PREFIX.length, -CHECKSUM_DIGITS);
  return checksum(digits) === text.slice(-CHECKSUM_DIGITS);
}

const checksum = (digits: string): string => base62(BigInt(crc32(digits)), CHECKSUM_DIGITS);

function base62(number: bigint, length: number): string {
  let text = '';
  for (let rest = number; rest > 0n; rest /= 62n) text = DIGITS[Number(rest % 62n)] + text;
  return text.padStart(length, '0');
}
