import { forbidden, unauthenticated } from './errors.js';

/** Every permission there is. Roles and API keys are sets of them. */
export const SCOPES = [
  'locations:read',
  'locations:write',
  'spaces:read',
  'spaces:write',
  'tickets:read',
  'tickets:write',
  'tickets:backdate',
  'customers:read',
  'customers:write',
  'tariffs:read',
  'tariffs:write',
  'payments:read',
  'payments:write',
  'payments:refund',
  'reports:read',
  'partners:read',
  'partners:write',
  'events:read',
  'webhooks:read',
  'webhooks:write',
  'members:read',
  'members:write',
  'organization:write',
  'audit:read',
] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = ['OWNER', 'MANAGER', 'OPERATOR', 'VIEWER'] as const;
export type Role = (typeof ROLES)[number];

const SCOPES_OF_ROLE: Record<Role, readonly Scope[]> = {
  OWNER: SCOPES,
  MANAGER: SCOPES.filter((scope) => !scope.startsWith('members:') && !scope.startsWith('organization:')),
  OPERATOR: [
    'locations:read',
    'spaces:read',
    'tickets:read',
    'tickets:write',
    'customers:read',
    'customers:write',
    'tariffs:read',
    'payments:read',
    'payments:write',
  ],
  VIEWER: SCOPES.filter((scope) => scope.endsWith(':read')),
};

export const scopesOfRole = (role: Role): readonly Scope[] => SCOPES_OF_ROLE[role];

/** The union of the roles' scopes, in the order of SCOPES. */
export function scopesOfRoles(roles: readonly Role[]): Scope[] {
  const granted = new Set(roles.flatMap((role) => SCOPES_OF_ROLE[role]));
  return SCOPES.filter((scope) => granted.has(scope));
}

/** Who is asking: established once by the gateway, trusted by the subgraphs through its signed token. */
export interface Viewer {
  kind: 'user' | 'apiKey' | 'system';
  /** The id of the user or of the API key. */
  id: string;
  /** The API key's name; null for a user. */
  name: string | null;
  /** The organization in whose name everything happens. */
  tenantId: string;
  roles: Role[];
  scopes: Scope[];
  /** The locations that the viewer may see; null means all of the tenant's. */
  locationIds: string[] | null;
  sessionId: string | null;
  /** The request in whose course the viewer acts; stands in every event that comes of it. */
  correlationId?: string;
}

/** Throws UNAUTHENTICATED for an anonymous caller. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (!viewer) throw unauthenticated();
  return viewer;
}

/** Throws UNAUTHENTICATED for an anonymous caller, FORBIDDEN for one without the scope. */
export function requireScope(viewer: Viewer | null, scope: Scope): Viewer {
  const known = requireViewer(viewer);
  if (!known.scopes.includes(scope)) throw forbidden(scope);
  return known;
}
