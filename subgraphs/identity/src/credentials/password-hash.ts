import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// "é" is one character or two, as the keyboard pleases
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFKC'));

let decoy: Promise<string> | undefined;

/** The argon2id hash of a password in PHC notation, salt and cost included. Takes tens of milliseconds on purpose. */
export const hashPassword = (password: string): Promise<string> => hash(bytesOf(password), COST);

/**
 * Whether the password is the one of the hash. Without a hash (nobody has that e-mail address) it does the same work and
 * says no, so that the time of an answer tells nothing.
 */
export async function verifyPassword(known: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const stranger = await decoy;
  const right = await verify(known ?? stranger, bytesOf(password));
  return right && known !== undefined;
}
