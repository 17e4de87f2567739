import type { PlazaClient } from '../plaza/client.js';
import { ENTER, openLocation, registerOrganization } from '../plaza/organization.js';

/** The types of events that the writers write, and so those that are compared. */
export const WRITTEN = [
  'ticket.entered',
  'ticket.settled',
  'ticket.closed',
  'space.occupied',
  'space.freed',
  'payment.succeeded',
];
/** Those of them that ticketChanged tells. */
export const TICKET_TYPES = WRITTEN.filter((type) => type.startsWith('ticket.'));

const SCOPES = [
  'events:read',
  'tickets:read',
  'tickets:write',
  'payments:read',
  'payments:write',
  'locations:read',
  'spaces:read',
];

/** An organization of a round, with what its readers and writers need. */
export interface Tenant {
  id: string;
  locationId: string;
  /** An API key: good for longer than any round. */
  token: string;
  /** A real ticket and its space, for events that are written past the graph. */
  ticketId: string;
  spaceId: string;
  /** Registers a webhook endpoint; answers the secret that its webhooks are signed with. */
  tellBy(url: string): Promise<string>;
}

const PARTNER = `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) {
  ... on PartnerCreated { partner { id } } } }`;
const KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on ApiKeyCreated { secret } } }`;
const ENDPOINT = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  ... on Problem { message } ... on WebhookEndpointCreated { signingSecret } } }`;

/** Registers an organization with a location of `spaces` spaces, where one car is already parked. */
export async function createTenant(url: string, name: string, spaces: number): Promise<Tenant> {
  const { client, id } = await registerOrganization(url, { name, spaces: 1 });
  const locationId = await openLocation(client, { spaces: spaces + 1 });
  const { ticket } = await client.command(ENTER, { locationId, plate: 'FIRST', vehicleKind: 'CAR' });
  return {
    id,
    locationId,
    token: await createKey(client),
    ticketId: ticket.id as string,
    spaceId: ticket.space.id as string,
    async tellBy(endpoint) {
      const made = await client.command(ENDPOINT, { url: endpoint, eventTypes: WRITTEN });
      if (typeof made.signingSecret !== 'string') throw new Error(`No endpoint was made: ${made.message}`);
      return made.signingSecret;
    },
  };
}

async function createKey(client: PlazaClient): Promise<string> {
  const { partner } = await client.command(PARTNER, { name: 'Loss' });
  const { secret } = await client.command(KEY, { partnerId: partner.id, name: 'loss', scopes: SCOPES });
  return secret as string;
}
