const LONGEST = 254;
// one @, a dot somewhere after it, no blanks or control characters: whether it exists, only a letter to it can tell
const SHAPE = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u;

/** The one spelling under which an e-mail address is known, or null when `text` is none. */
export function normalizeEmail(text: string): string | null {
  const email = text.trim().normalize('NFC').toLowerCase();
  return email.length <= LONGEST && SHAPE.test(email) ? email : null;
}
