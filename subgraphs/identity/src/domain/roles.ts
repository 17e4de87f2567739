import type { Role } from '@plaza/platform/viewer';

/** Roles without repeats, the strongest first, so that equal sets look equal. */
export function orderRoles(roles: readonly Role[]): Role[] {
  const order: readonly Role[] = ['OWNER', 'MANAGER', 'OPERATOR', 'VIEWER'];
  return order.filter((role) => roles.includes(role));
}
