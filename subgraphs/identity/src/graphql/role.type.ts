import { registerEnumType } from 'type-graphql';

export const Role = { OWNER: 'OWNER', MANAGER: 'MANAGER', OPERATOR: 'OPERATOR', VIEWER: 'VIEWER' } as const;

registerEnumType(Role, {
  name: 'Role',
  description:
    'What a member is to an organization. A role is a set of scopes; a member has those of all their roles.',
  valuesConfig: {
    OWNER: { description: 'May do everything, members and the organization included. There is always one.' },
    MANAGER: { description: 'Runs the business: everything but members and the organization itself.' },
    OPERATOR: { description: 'Daily work: sees locations and spaces, writes tickets, takes payments.' },
    VIEWER: { description: 'Sees everything and changes nothing.' },
  },
});
