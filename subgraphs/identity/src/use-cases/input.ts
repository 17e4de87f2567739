import { badUserInput } from '@plaza/platform/errors';
import { type Role, ROLES } from '@plaza/platform/viewer';
import { displayName, LONGEST_NAME } from '../domain/display-name.js';
import { normalizeEmail } from '../domain/email.js';
import { LONGEST_PASSWORD } from '../domain/password-strength.js';

/** The e-mail address in its one spelling. Throws BAD_USER_INPUT. */
export function requireEmail(field: string, text: string): string {
  const email = normalizeEmail(text);
  if (!email) throw badUserInput(field, 'This is not an e-mail address.');
  return email;
}

/** The name as it will be shown. Throws BAD_USER_INPUT. */
export function requireName(field: string, text: string): string {
  const name = displayName(text);
  if (!name) throw badUserInput(field, `A name has 1 to ${LONGEST_NAME} characters, all of them visible.`);
  return name;
}

/** Throws BAD_USER_INPUT for a password that is too long to be hashed; how strong it is, is asked elsewhere. */
export function requirePassword(field: string, password: string): string {
  if (password.length > LONGEST_PASSWORD) {
    throw badUserInput(field, `A password has at most ${LONGEST_PASSWORD} characters.`);
  }
  return password;
}

/** The roles once each, the strongest first. Throws BAD_USER_INPUT for an empty list. */
export function requireRoles(field: string, roles: readonly Role[]): Role[] {
  const ordered = ROLES.filter((role) => roles.includes(role));
  if (ordered.length === 0) throw badUserInput(field, 'A member has at least one role.');
  return ordered;
}
