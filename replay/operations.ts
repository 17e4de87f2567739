import { GraphError, type GraphClient, type Operation } from './graph-client.js';

/** Most root fields of one mutation that the gateway takes; a car that pays and leaves needs two. */
export const MOST_ENTRIES_AT_ONCE = 10;
export const MOST_EXITS_AT_ONCE = 5;
/** Most spaces that addSpaces takes. */
export const MOST_SPACES_AT_ONCE = 5000;

export interface Tokens {
  accessToken: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface Entry {
  locationId: string;
  plate: string;
  enteredAt: string;
  idempotencyKey: string;
}

/** How a driver pays; cards and telephones by a token of the provider. */
export interface Tender {
  method: 'CASH' | 'CARD' | 'DIGITAL';
  tender?: { token: string };
}

export interface Payment extends Tender {
  ticketId: string;
  paidAt: string;
  idempotencyKey: string;
}

export interface Exit {
  ticketId: string;
  exitedAt: string;
  idempotencyKey: string;
}

export interface NewLocation {
  name: string;
  timeZone: string;
  currencyCode: string;
  idempotencyKey: string;
}

export interface NewSpaces {
  locationId: string;
  ranges: { from: number; count: number; kind: 'CAR' }[];
  idempotencyKey: string;
}

export interface NewTariff {
  locationId: string;
  name: string;
  tariff: {
    currencyCode: string;
    bands: { steps: { minutes: number; price: string }[] }[];
    caps: { amount: string; per: string }[];
    graces: { entry?: number; exit?: number };
    tax: { percent: string };
  };
  effectiveFrom: string;
  idempotencyKey: string;
}

/** A member of a result union; `message` where it is a Problem. */
export interface Result {
  __typename: string;
  message?: string;
}

export type EntryResult = Result & { ticket?: { id: string } };
export type PaymentResult = Result & { payment?: { amount: { amount: string } } };

type TokensResult = Result & { tokens?: { accessToken: string; expiresAt: string } };

const SIGN_IN: Operation<{ signIn: TokensResult }, { input: { email: string; password: string } }> = {
  name: 'signIn',
  text: `mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on SignedIn { tokens { accessToken expiresAt } }
      ... on Problem { message }
    }
  }`,
};

const CREATE_LOCATION: Operation<
  { createLocation: Result & { location?: { id: string } } },
  { input: NewLocation }
> = {
  name: 'createLocation',
  text: `mutation CreateLocation($input: CreateLocationInput!) {
    createLocation(input: $input) { __typename ... on LocationCreated { location { id } } }
  }`,
};

const ADD_SPACES: Operation<{ addSpaces: Result }, { input: NewSpaces }> = {
  name: 'addSpaces',
  text: `mutation AddSpaces($input: AddSpacesInput!) {
    addSpaces(input: $input) { __typename ... on Problem { message } }
  }`,
};

const PUBLISH_TARIFF: Operation<{ publishTariff: Result }, { input: NewTariff }> = {
  name: 'publishTariff',
  text: `mutation PublishTariff($input: PublishTariffInput!) {
    publishTariff(input: $input) { __typename ... on Problem { message } }
  }`,
};

const OCCUPANCY: Operation<{ location: { occupancy: { occupied: number } } | null }, { id: string }> = {
  name: 'occupancy',
  text: 'query Occupancy($id: ID!) { location(id: $id) { occupancy { occupied } } }',
};

export async function signIn(
  graph: GraphClient,
  input: { email: string; password: string },
): Promise<Tokens> {
  return tokensOf('signIn', (await graph.request(SIGN_IN, { input }, { anonymous: true })).signIn);
}

/** Returns the new location's id. */
export async function createLocation(graph: GraphClient, input: NewLocation): Promise<string> {
  const { createLocation: result } = await graph.request(CREATE_LOCATION, { input });
  if (!result.location) throw refused('createLocation', result);
  return result.location.id;
}

export async function addSpaces(graph: GraphClient, input: NewSpaces): Promise<void> {
  const { addSpaces: result } = await graph.request(ADD_SPACES, { input });
  if (result.__typename !== 'SpacesAdded') throw refused('addSpaces', result);
}

export async function publishTariff(graph: GraphClient, input: NewTariff): Promise<void> {
  const { publishTariff: result } = await graph.request(PUBLISH_TARIFF, { input });
  if (result.__typename !== 'TariffPublished') throw refused('publishTariff', result);
}

/** Cars inside, as `location.occupancy.occupied` has it now. */
export async function occupied(graph: GraphClient, locationId: string): Promise<number> {
  const { location } = await graph.request(OCCUPANCY, { id: locationId });
  if (!location) throw new GraphError('occupancy', 'NOT_FOUND', `there is no location ${locationId}`);
  return location.occupancy.occupied;
}

/** Records up to MOST_ENTRIES_AT_ONCE entries in one request; the results stand in the order of the entries. */
export async function recordEntries(graph: GraphClient, entries: Entry[]): Promise<EntryResult[]> {
  const answer = await graph.request(ENTRIES[entries.length]!, numbered('entry', entries));
  return entries.map((_, i) => answer[`entry${i}`]!);
}

/** Pays and records up to MOST_EXITS_AT_ONCE exits in one request, each payment before its exit. */
export async function payAndRecordExits(
  graph: GraphClient,
  cars: { payment: Payment; exit: Exit }[],
): Promise<{ payment: PaymentResult; exit: Result }[]> {
  const answer = await graph.request(EXITS[cars.length]!, {
    ...numbered(
      'pay',
      cars.map(({ payment }) => payment),
    ),
    ...numbered(
      'exit',
      cars.map(({ exit }) => exit),
    ),
  });
  return cars.map((_, i) => ({ payment: answer[`pay${i}`] as PaymentResult, exit: answer[`exit${i}`]! }));
}

// One document for each size, so that the gateway parses and plans a few texts and no more.
const ENTRIES = Array.from({ length: MOST_ENTRIES_AT_ONCE + 1 }, (_, size) =>
  batchOf<EntryResult>(size, 'RecordEntries', [
    ['entry', 'recordEntry', 'RecordEntryInput', '... on VehicleEntered { ticket { id } }'],
  ]),
);
const EXITS = Array.from({ length: MOST_EXITS_AT_ONCE + 1 }, (_, size) =>
  batchOf<Result>(size, 'PayAndRecordExits', [
    ['pay', 'payTicket', 'PayTicketInput', '... on TicketPaid { payment { amount { amount } } }'],
    ['exit', 'recordExit', 'RecordExitInput', ''],
  ]),
);

function batchOf<Answer>(
  size: number,
  name: string,
  fields: [alias: string, field: string, input: string, selection: string][],
): Operation<Record<string, Answer>, Record<string, unknown>> {
  const numbers = Array.from({ length: size }, (_, i) => i);
  const variables = numbers.flatMap((i) => fields.map(([alias, , input]) => `$${alias}${i}: ${input}!`));
  const selections = numbers.flatMap((i) =>
    fields.map(
      ([alias, field, , selection]) =>
        `${alias}${i}: ${field}(input: $${alias}${i}) { __typename ${selection} ... on Problem { message } }`,
    ),
  );
  return {
    name: fields.map(([, field]) => field).join(' + '),
    text: `mutation ${name}${size}(${variables.join(', ')}) {\n${selections.join('\n')}\n}`,
  };
}

function numbered(alias: string, inputs: unknown[]): Record<string, unknown> {
  return Object.fromEntries(inputs.map((input, i) => [alias + i, input]));
}

function tokensOf(operation: string, result: TokensResult): Tokens {
  if (!result.tokens) throw refused(operation, result);
  return { ...result.tokens, expiresAt: Date.parse(result.tokens.expiresAt) };
}

function refused(operation: string, { __typename, message }: Result): GraphError {
  return new GraphError(operation, __typename, message ?? 'refused');
}
