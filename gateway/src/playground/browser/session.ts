// What the person behind the page has said and seen: the token to send, and the ids of the last answers.

const TOKEN = 'plaza-token';
const SEEN = 'plaza-seen';

type Listener = () => void;
const listeners = new Set<Listener>();

/** The bearer token, kept while the browser's tab lives; '' when nobody is signed in. */
export const token = (): string => sessionStorage.getItem(TOKEN) ?? '';

export function setToken(value: string): void {
  sessionStorage.setItem(TOKEN, value.trim());
  for (const listener of listeners) listener();
}

export function onTokenChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const seen = (): Record<string, string> =>
  JSON.parse(sessionStorage.getItem(SEEN) ?? '{}') as Record<string, string>;

/** Keeps what the next example will ask for: the first location's id, the last ticket's id, a new token. */
export function remember(answer: unknown): void {
  const found: Record<string, string> = {};
  visit(answer, '', found);
  sessionStorage.setItem(SEEN, JSON.stringify({ ...seen(), ...found }));
  if (found.accessToken) setToken(found.accessToken);
}

function visit(value: unknown, name: string, found: Record<string, string>): void {
  if (Array.isArray(value)) return value.forEach((item) => visit(item, name, found));
  if (typeof value !== 'object' || value === null) return;
  const known = value as Record<string, unknown>;
  if (typeof known.accessToken === 'string') found.accessToken ??= known.accessToken;
  if (typeof known.id === 'string') {
    if ('occupancy' in known || name === 'location') found.locationId ??= known.id;
    if (name === 'ticket') found.ticketId ??= known.id;
    if (name === 'partner') found.partnerId ??= known.id;
  }
  for (const [key, child] of Object.entries(known)) visit(child, key, found);
}

/** An example's variables as text, with what was seen in the place of `{{name}}`. */
export function fill(
  variables: Record<string, unknown> | undefined,
  login?: { email: string; password: string },
): string {
  if (variables === undefined) return '';
  const known: Record<string, string> = {
    ...seen(),
    ...login,
    new: newKey(),
    twoHoursAgo: new Date(Date.now() - 2 * 3_600_000).toISOString(),
    plate: `PLZ ${String(Math.floor(Math.random() * 9000) + 1000)}`,
  };
  return JSON.stringify(variables, null, 2).replaceAll(
    /\{\{(\w+)\}\}/g,
    (_all, name: string) => known[name] ?? '',
  );
}

/** An idempotency key; crypto.randomUUID is not there on a page that came over plain HTTP from another machine. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
