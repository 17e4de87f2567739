import { randomBytes } from 'node:crypto';

// Crockford's alphabet: no I, L, O or U, which are misread or spell words
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;
const HALF = LENGTH / 2;

/** A new ticket code, such as "K7Q29-XWM4T": 50 random bits, so that nobody finds a neighbour's by trying. */
export function newTicketCode(): string {
  let code = '';
  for (const byte of randomBytes(LENGTH)) code += ALPHABET[byte & 31];
  return `${code.slice(0, HALF)}-${code.slice(HALF)}`;
}

/** The code that somebody typed, as it is kept: any case, with or without the hyphen, O for 0, I and L for 1. Null for no code. */
export function ticketCodeOf(text: string): string | null {
  if (text.length > 40) return null;
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{10}$/.test(code)) return null;
  return `${code.slice(0, HALF)}-${code.slice(HALF)}`;
}
