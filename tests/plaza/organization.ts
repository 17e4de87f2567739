import { randomBytes } from 'node:crypto';
import { PlazaClient } from './client.js';

/** An organization with one location, as its owner sees it. */
export interface Organization {
  client: PlazaClient;
  id: string;
  locationId: string;
  email: string;
  password: string;
}

export interface LocationWishes {
  /** A word for the names of the organization, its owner and its location. */
  name?: string;
  spaces?: number;
  /** Minutes; 0 makes every stay cost something at once. */
  freeMinutes?: number;
}

const REGISTER = `mutation ($input: RegisterOrganizationInput!) { registerOrganization(input: $input) {
  __typename ... on Problem { message } ... on OrganizationRegistered { tokens { accessToken } viewer { organization { id } } } } }`;

/** Registers a new organization through the graph and gives it a location with a tariff. */
export async function registerOrganization(url: string, wishes: LocationWishes = {}): Promise<Organization> {
  const { name = 'Test' } = wishes;
  const email = `${name.toLowerCase()}-${randomBytes(6).toString('hex')}@plaza.test`;
  const password = 'a long enough pass phrase';
  const registered = await new PlazaClient(url).command(REGISTER, {
    organizationName: `${name} Parking`,
    name: `${name} Owner`,
    email,
    password,
  });
  const client = new PlazaClient(url, registered.tokens.accessToken as string);
  const id = registered.viewer.organization.id as string;
  return { client, id, email, password, locationId: await openLocation(client, wishes) };
}

/** Opens a location of car spaces that charges 2.00 EUR for each started hour, at most 20.00 a day. */
export async function openLocation(client: PlazaClient, wishes: LocationWishes = {}): Promise<string> {
  const { spaces = 10, freeMinutes = 0, name = 'Central' } = wishes;
  const { location } = await client.command(
    `mutation ($input: CreateLocationInput!) { createLocation(input: $input) { ... on LocationCreated { location { id } } } }`,
    {
      name,
      timeZone: 'Europe/Madrid',
      currencyCode: 'EUR',
      spaces: [{ prefix: 'A', count: spaces, kind: 'CAR' }],
    },
  );
  const published = await client.command(
    `mutation ($input: PublishTariffInput!) { publishTariff(input: $input) { __typename ... on Problem { message } } }`,
    {
      locationId: location.id,
      name: 'Standard',
      effectiveFrom: '2015-01-01T00:00:00Z',
      tariff: {
        currencyCode: 'EUR',
        bands: [{ steps: [{ minutes: 60, price: '2.00' }] }],
        caps: [{ amount: '20.00', per: 'HOURS_24' }],
        graces: { entry: freeMinutes },
        tax: { percent: '21' },
      },
    },
  );
  if (published.__typename !== 'TariffPublished') throw new Error(JSON.stringify(published));
  return location.id as string;
}

export const ENTER = `mutation ($input: RecordEntryInput!) { recordEntry(input: $input) {
  __typename ... on Problem { message }
  ... on VehicleEntered { ticket { id code status enteredAt space { id number status } } } } }`;
export const PAY = `mutation ($input: PayTicketInput!) { payTicket(input: $input) {
  __typename ... on Problem { message }
  ... on TicketPaid { ticket { id status } payment { id status amount { amount currencyCode } } receipt { number } } } }`;
export const LEAVE = `mutation ($input: RecordExitInput!) { recordExit(input: $input) {
  __typename ... on Problem { message } ... on VehicleExited { ticket { id status exitedAt space { status } } } } }`;
export const OCCUPANCY = `query ($id: ID!) { location(id: $id) { occupancy { total occupied available } } }`;

export async function occupied(client: PlazaClient, id: string): Promise<number> {
  return (await client.ask(OCCUPANCY, { id })).location.occupancy.occupied as number;
}
