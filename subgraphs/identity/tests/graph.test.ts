import 'reflect-metadata';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import { jest } from '@jest/globals';
import { pino } from 'pino';
import { createIdentitySubgraph } from '../src/subgraph.js';
import { type Identity, openIdentity, PASSWORD } from './identity.js';

let identity: Identity;
let subgraph: Subgraph;
beforeAll(async () => {
  identity = await openIdentity();
  const { database, clock, test } = identity;
  const logger = pino({ level: 'silent' });
  subgraph = await createIdentitySubgraph({ database, clock, secrets: test.secrets, logger });
});
afterAll(() => identity.close());

type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever was asked for

async function ask(source: string, viewer: Viewer | null = null, input: object = {}): Promise<Answer> {
  const { data, errors } = await graphql({
    schema: subgraph.schema,
    source,
    variableValues: { input },
    contextValue: subgraph.context(viewer, 'test'),
  });
  if (errors?.[0]) throw errors[0];
  return structuredClone(data) as Answer;
}

const REGISTER = `mutation ($input: RegisterOrganizationInput!) { registerOrganization(input: $input) {
  __typename
  ... on Problem { message }
  ... on OrganizationRegistered {
    tokens { accessToken refreshToken expiresAt }
    viewer { roles scopes apiKeyName user { id name email } organization { id name createdAt }
      organizations { name roles isCurrent } sessions { deviceName organizationName isCurrent } } } } }`;

test('a registration answers with the new viewer, though the request itself had none', async () => {
  const input = {
    organizationName: 'Southgate',
    name: 'Ada',
    email: 'south@example.com',
    password: PASSWORD,
  };
  const { registerOrganization: answer } = await ask(REGISTER, null, input);
  expect(answer).toMatchObject({
    __typename: 'OrganizationRegistered',
    viewer: {
      roles: ['OWNER'],
      apiKeyName: null,
      user: { name: 'Ada', email: 'south@example.com' },
      organization: { name: 'Southgate', createdAt: identity.clock.now().toISOString() },
      organizations: [{ name: 'Southgate', roles: ['OWNER'], isCurrent: true }],
      sessions: [{ deviceName: null, organizationName: 'Southgate', isCurrent: true }],
    },
  });
  const again = await ask(REGISTER, null, input);
  expect(again.registerOrganization).toEqual({ __typename: 'EmailTaken', message: expect.any(String) });
});

test('nobody is the viewer when nobody is signed in', async () => {
  expect(await ask('{ viewer { scopes } }')).toEqual({ viewer: null });
});

test('an API key is a viewer with a name, and has neither user nor sessions', async () => {
  const { viewer: owner } = await identity.found();
  const key = testViewer({
    kind: 'apiKey',
    name: 'Gate 7',
    tenantId: owner.tenantId,
    roles: [],
    scopes: ['tickets:read'],
  });
  const fields =
    'apiKeyName scopes roles user { id } organization { id } organizations { id } sessions { id }';
  expect(await ask(`{ viewer { ${fields} } }`, key)).toEqual({
    viewer: {
      apiKeyName: 'Gate 7',
      scopes: ['tickets:read'],
      roles: [],
      user: null,
      organization: { id: owner.tenantId },
      organizations: [],
      sessions: [],
    },
  });
});

test('from the invitation to the new role by the graph alone', async () => {
  const { viewer: owner } = await identity.found();
  const { inviteMember: invited } = await ask(
    `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) {
      ... on MemberInvited { token invitation { email roles expiresAt } } } }`,
    owner,
    { email: 'grace@example.com', roles: ['VIEWER'] },
  );
  expect(invited.invitation).toMatchObject({ email: 'grace@example.com', roles: ['VIEWER'] });

  const { acceptInvitation: accepted } = await ask(
    `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
      __typename ... on InvitationAccepted { tokens { refreshToken } viewer { user { name } } } } }`,
    null,
    { token: invited.token, name: 'Grace', password: PASSWORD },
  );
  expect(accepted).toMatchObject({ __typename: 'InvitationAccepted', viewer: { user: { name: 'Grace' } } });

  const list = `{ viewer { organization { invitations { totalCount }
    members(first: 10) { totalCount edges { cursor node { id roles user { name } sessions { id isCurrent } } } } } } }`;
  const { members, invitations } = (await ask(list, owner)).viewer.organization;
  expect([members.totalCount, invitations.totalCount]).toEqual([2, 0]);
  const { node: grace } = members.edges[1];
  expect(grace).toMatchObject({
    user: { name: 'Grace' },
    roles: ['VIEWER'],
    sessions: [{ isCurrent: false }],
  });

  const { changeMemberRoles: changed } = await ask(
    `mutation ($input: ChangeMemberRolesInput!) { changeMemberRoles(input: $input) {
      ... on MemberRolesChanged { member { roles } } } }`,
    owner,
    { memberId: grace.id, roles: ['MANAGER'] },
  );
  expect(changed).toEqual({ member: { roles: ['MANAGER'] } });

  const { revokeSession: ended } = await ask(
    'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { ... on SessionEnded { sessionId } } }',
    owner,
    { sessionId: grace.sessions[0].id },
  );
  expect(ended).toEqual({ sessionId: grace.sessions[0].id });
  const { refreshSession: refused } = await ask(
    'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { __typename ... on Problem { message } } }',
    null,
    { refreshToken: accepted.tokens.refreshToken },
  );
  expect(refused).toMatchObject({ __typename: 'SessionRevoked' });
});

test('who may not read members is refused, whichever way they come', async () => {
  const { viewer: owner } = await identity.found();
  const { viewer } = await identity.join(owner, ['OPERATOR']);
  for (const list of ['members', 'invitations']) {
    const question = `{ viewer { organization { ${list} { totalCount } } } }`;
    await expect(ask(question, viewer)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  }
});

test('the sessions of a page of members are read together', async () => {
  const { viewer: owner } = await identity.found();
  for (let count = 0; count < 5; count += 1) await identity.join(owner, ['VIEWER']);
  const read = jest.spyOn(identity.database, 'read');
  const question = '{ viewer { organization { members { nodes { sessions { id } } } } } }';
  const { nodes } = (await ask(question, owner)).viewer.organization.members;
  expect(nodes.map(({ sessions }: { sessions: unknown[] }) => sessions.length)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(read).toHaveBeenCalledTimes(3);
  read.mockRestore();
});
