import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@plaza/platform/server/make-folder';
import { DemoClient, type Outcome } from './demo-client.js';
import { DEMO_LOGINS, DEMO_ORGANIZATION, DEMO_PLACES } from './demo-places.js';

interface SignedIn extends Outcome {
  tokens: { accessToken: string };
}

/** What the demo lets a newcomer in with. */
export interface Demo {
  logins: { role: string; email: string; password: string }[];
  /** Undefined when another folder holds the key that the first start made. */
  apiKey?: { name: string; secret: string };
}

const KEY_NAME = 'Demo parking app';
const [OWNER, OPERATOR] = DEMO_LOGINS;

/**
 * Makes the demo through the public graph of the Plaza at `url`, unless it is there. Each command has a key, so a start
 * that was cut off is continued by the next. The partner's key, which the graph shows once, is kept in `folder`.
 */
export async function loadDemo(url: string, folder: string): Promise<Demo> {
  const client = new DemoClient(url);
  await enter(client);
  const { partners } = await client.ask<{ partners: { nodes: unknown[] } }>(
    `{ partners(first: 1) { nodes { id } } }`,
  );
  // the partner comes last: where there is one, everything is there
  if (partners.nodes.length === 0) {
    await addOperator(client);
    for (const [index, place] of DEMO_PLACES.entries()) await openPlace(client, place, `demo ${index}`);
    await makeFolder(folder);
    await writeFile(join(folder, 'demo-key'), await addPartner(client), { mode: 0o600 });
  }
  const secret = await readFile(join(folder, 'demo-key'), 'utf8').catch(() => undefined);
  return {
    logins: DEMO_LOGINS.map(({ role, email, password }) => ({ role, email, password })),
    ...(secret && { apiKey: { name: KEY_NAME, secret } }),
  };
}

async function enter(client: DemoClient): Promise<void> {
  const { email, password, name } = OWNER;
  const { signIn } = await client.ask<{ signIn: SignedIn }>(
    `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { tokens { accessToken } } } }`,
    { input: { email, password } },
  );
  if (signIn.__typename === 'SignedIn') return client.signedIn(signIn.tokens.accessToken);
  const registered = await client.command<SignedIn>(
    'OrganizationRegistered',
    `mutation ($input: RegisterOrganizationInput!) { registerOrganization(input: $input) {
      __typename ... on OrganizationRegistered { tokens { accessToken } } } }`,
    { organizationName: DEMO_ORGANIZATION, name, email, password },
  );
  client.signedIn(registered.tokens.accessToken);
}

async function addOperator(client: DemoClient): Promise<void> {
  const { email, password, name } = OPERATOR;
  const { inviteMember } = await client.ask<{ inviteMember: Outcome & { token?: string } }>(
    `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { __typename ... on MemberInvited { token } } }`,
    { input: { email, roles: ['OPERATOR'] } },
  );
  // already a member: an earlier start got this far
  if (!inviteMember.token) return;
  await client.command(
    'InvitationAccepted',
    `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }`,
    { token: inviteMember.token, password, name },
  );
}

async function openPlace(
  client: DemoClient,
  place: (typeof DEMO_PLACES)[number],
  key: string,
): Promise<void> {
  const { location } = await client.command<Outcome & { location: { id: string } }>(
    'LocationCreated',
    `mutation ($input: CreateLocationInput!) { createLocation(input: $input) {
      __typename ... on LocationCreated { location { id } } } }`,
    { ...place.location, idempotencyKey: key },
  );
  const { currencyCode, price, dailyCap, freeMinutes } = place.tariff;
  await client.command(
    'TariffPublished',
    `mutation ($input: PublishTariffInput!) { publishTariff(input: $input) { __typename } }`,
    {
      locationId: location.id,
      name: 'Demo tariff',
      effectiveFrom: '2020-01-01T00:00:00Z',
      tariff: {
        currencyCode,
        bands: [{ steps: [{ minutes: 60, price }] }],
        caps: [{ amount: dailyCap, per: 'HOURS_24' }],
        graces: { entry: freeMinutes },
        tax: { percent: '21' },
      },
      idempotencyKey: `${key} tariff`,
    },
  );
  for (const [plate, minutes] of place.inside) {
    await client.ask(`mutation ($input: RecordEntryInput!) { recordEntry(input: $input) { __typename } }`, {
      input: {
        locationId: location.id,
        plate,
        vehicleKind: 'CAR',
        enteredAt: new Date(Date.now() - minutes * 60_000).toISOString(),
      },
    });
  }
}

async function addPartner(client: DemoClient): Promise<string> {
  const { partner } = await client.command<Outcome & { partner: { id: string } }>(
    'PartnerCreated',
    `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) {
      __typename ... on PartnerCreated { partner { id } } } }`,
    { name: KEY_NAME, idempotencyKey: 'demo partner' },
  );
  const { secret } = await client.command<Outcome & { secret: string }>(
    'ApiKeyCreated',
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename ... on ApiKeyCreated { secret } } }`,
    {
      partnerId: partner.id,
      name: KEY_NAME,
      scopes: [
        'locations:read',
        'spaces:read',
        'tickets:read',
        'tickets:write',
        'payments:read',
        'events:read',
        'webhooks:read',
        'webhooks:write',
      ],
    },
  );
  return secret;
}
