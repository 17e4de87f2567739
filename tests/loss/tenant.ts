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

/** One of an organization's locations, with a real ticket and its space, for events that are written past the graph. */
export interface Place {
  locationId: string;
  ticketId: string;
  spaceId: string;
}

/** What an API key of an organization opens; a key is good for longer than any round. */
export interface Access {
  tenantId: string;
  token: string;
  /** Whether the key reaches `locationId` alone. */
  limited: boolean;
  /** The location that is named where one has to be. */
  locationId: string;
}

/** An organization of a round, with what its readers and writers need. */
export interface Tenant {
  id: string;
  /** Two locations at which as much happens. */
  places: readonly [Place, Place];
  /** A key to everything, that asks for the first location, and one limited to the second. */
  access: { full: Access; limited: Access };
  /** Registers a webhook endpoint; answers the secret that its webhooks are signed with. */
  tellBy(url: string): Promise<string>;
}

const PARTNER = `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) {
  ... on PartnerCreated { partner { id } } } }`;
const KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on ApiKeyCreated { secret } } }`;
const ENDPOINT = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  ... on Problem { message } ... on WebhookEndpointCreated { signingSecret } } }`;

/** Registers an organization with two locations of `spaces` spaces, where one car is already parked. */
export async function createTenant(url: string, name: string, spaces: number): Promise<Tenant> {
  const { client, id } = await registerOrganization(url, { name, spaces: 1 });
  const places = [
    await openPlace(client, 'North', spaces),
    await openPlace(client, 'South', spaces),
  ] as const;
  const { partner } = await client.command(PARTNER, { name: 'Loss' });
  const accessTo = async ({ locationId }: Place, limited: boolean): Promise<Access> => {
    const limits = limited ? { locationIds: [locationId] } : {};
    const key = { partnerId: partner.id, name: 'loss', scopes: SCOPES, ...limits };
    const { secret } = await client.command(KEY, key);
    return { tenantId: id, token: secret as string, limited, locationId };
  };
  return {
    id,
    places,
    access: { full: await accessTo(places[0], false), limited: await accessTo(places[1], true) },
    async tellBy(endpoint) {
      const made = await client.command(ENDPOINT, { url: endpoint, eventTypes: WRITTEN });
      if (typeof made.signingSecret !== 'string') throw new Error(`No endpoint was made: ${made.message}`);
      return made.signingSecret;
    },
  };
}

async function openPlace(client: PlazaClient, name: string, spaces: number): Promise<Place> {
  const locationId = await openLocation(client, { name, spaces: spaces + 1 });
  const { ticket } = await client.command(ENTER, { locationId, plate: 'FIRST', vehicleKind: 'CAR' });
  return { locationId, ticketId: ticket.id as string, spaceId: ticket.space.id as string };
}
