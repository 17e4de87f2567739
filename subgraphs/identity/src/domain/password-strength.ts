import { COMMON_PASSWORDS } from './common-passwords.js';

/** The fewest characters of a password. */
export const SHORTEST_PASSWORD = 12;

/** The most characters of a password: hashing must not become a way to keep the server busy. */
export const LONGEST_PASSWORD = 256;

const FEWEST_DIFFERENT = 5;

/**
 * Why a password would be guessed soon, as a sentence for the person who chose it; null when it is strong enough.
 * `known` are words that a guesser tries first: the e-mail address, the person's and the organization's name.
 */
export function passwordWeakness(password: string, known: readonly string[] = []): string | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if ([...plain].length < SHORTEST_PASSWORD) {
    return `A password has at least ${SHORTEST_PASSWORD} characters; a sentence is easy to remember.`;
  }
  if (COMMON_PASSWORDS.has(plain) || COMMON_PASSWORDS.has(withoutDecoration(plain))) {
    return 'This password is on the lists that guessers try first.';
  }
  if (new Set(plain).size < FEWEST_DIFFERENT || isRepetition(plain) || isRun(plain)) {
    return 'This password repeats itself or follows the keyboard or the alphabet.';
  }
  if (known.some((word) => resembles(plain, word.normalize('NFKC').toLowerCase()))) {
    return 'This password is made of your own name or e-mail address.';
  }
  return null;
}

// "Password1234!" is tried right after "password1234"
const withoutDecoration = (plain: string): string =>
  plain.replace(/[^\p{L}\p{N}]+/gu, '').replace(/\d+$/, '');

function isRepetition(plain: string): boolean {
  return (plain + plain).indexOf(plain, 1) < plain.length;
}

function isRun(plain: string): boolean {
  const rows = [
    'abcdefghijklmnopqrstuvwxyz',
    '01234567890',
    '1234567890',
    'qwertyuiopasdfghjklzxcvbnm',
    'qwertzuiopasdfghjklyxcvbnm',
  ];
  return rows.some((row) => {
    const round = row + row + row;
    return round.includes(plain) || [...round].reverse().join('').includes(plain);
  });
}

function resembles(plain: string, word: string): boolean {
  const letters = (text: string) => text.replace(/[^\p{L}]+/gu, '');
  const parts = [word, word.split('@')[0] ?? ''].map(letters).filter((part) => part.length > 0);
  return parts.includes(letters(plain));
}
