/** The most characters that a name of a person, an organization or a device may have. */
export const LONGEST_NAME = 100;

const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** A name as it will be shown, or null when `text` has no showable name in it. */
export function displayName(text: string): string | null {
  const name = text.normalize('NFC').trim().replace(/ +/g, ' ');
  return name.length > 0 && name.length <= LONGEST_NAME && !UNSHOWABLE.test(name) ? name : null;
}
