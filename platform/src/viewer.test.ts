import { requireScope, SCOPES, scopesOfRole, scopesOfRoles, type Viewer } from './viewer.js';

const operator = { scopes: scopesOfRole('OPERATOR') } as Viewer;

test('an owner may do everything, a viewer only read', () => {
  expect(scopesOfRole('OWNER')).toEqual(SCOPES);
  expect(scopesOfRole('VIEWER').every((scope) => scope.endsWith(':read'))).toBe(true);
});

test('a manager administers neither members nor the organization', () => {
  expect(scopesOfRole('MANAGER')).not.toContain('members:write');
  expect(scopesOfRole('MANAGER')).not.toContain('organization:write');
});

test('an operator takes payments and gives none back', () => {
  expect(scopesOfRole('OPERATOR')).toContain('payments:write');
  expect(scopesOfRole('OPERATOR')).not.toContain('payments:refund');
});

test('several roles add up', () => {
  expect(scopesOfRoles(['VIEWER', 'OPERATOR'])).toEqual(
    expect.arrayContaining(['tickets:write', 'audit:read']),
  );
});

test('a missing scope is FORBIDDEN, nobody is UNAUTHENTICATED', () => {
  expect(() => requireScope(operator, 'members:write')).toThrow(
    expect.objectContaining({ code: 'FORBIDDEN' }),
  );
  expect(() => requireScope(null, 'tickets:read')).toThrow(
    expect.objectContaining({ code: 'UNAUTHENTICATED' }),
  );
  expect(requireScope(operator, 'tickets:write')).toBe(operator);
});
