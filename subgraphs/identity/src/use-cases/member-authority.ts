import type { Transaction } from '@plaza/platform/database/transaction';
import { forbidden, PlazaError } from '@plaza/platform/errors';
import { type Role, type Scope, scopesOfRoles, type Viewer } from '@plaza/platform/viewer';
import { findMembership } from '../database/membership.queries.js';

/**
 * The scopes that the caller has at this moment. An access token tells the roles of a quarter of an hour ago: without
 * this, an owner who was demoted could promote himself again.
 */
export async function presentScopes(tx: Transaction, viewer: Viewer): Promise<readonly Scope[]> {
  if (viewer.kind !== 'user') return viewer.scopes;
  const membership = await findMembership(tx, viewer.tenantId, viewer.id);
  const present = new Set(scopesOfRoles(membership?.roles ?? []));
  return viewer.scopes.filter((scope) => present.has(scope));
}

/** Throws FORBIDDEN unless the caller manages members and holds everything that these roles hold: nobody hands out more than that. */
export function requireAuthority(viewer: Viewer, scopes: readonly Scope[], roles: readonly Role[]): void {
  const needed: Scope[] = ['members:write', ...scopesOfRoles(roles)];
  const missing = needed.find((scope) => !scopes.includes(scope));
  if (missing) throw forbidden(missing);
  if (viewer.locationIds) {
    throw new PlazaError(
      'FORBIDDEN',
      'Who is restricted to some locations cannot manage the members of all.',
    );
  }
}
