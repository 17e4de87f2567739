import { orderRoles } from './roles.js';

test('roles are kept once each, the strongest first', () => {
  expect(orderRoles(['VIEWER', 'OWNER', 'VIEWER', 'OPERATOR'])).toEqual(['OWNER', 'OPERATOR', 'VIEWER']);
  expect(orderRoles([])).toEqual([]);
});
