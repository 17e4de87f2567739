import { badUserInput } from '@plaza/platform/errors';
import { expiredCursor, openCursor, sealCursor } from '@plaza/platform/events/cursor';
import { readableTypes } from '@plaza/platform/events/readable-types';
import { EventsNotKept, readEvents, readHead, type StoredEvent } from '@plaza/platform/events/read';
import { requireScope } from '@plaza/platform/viewer';
import type { PartnersContext } from './partners-context.js';

export interface EventChoice {
  after?: string | null | undefined;
  types?: string[] | null | undefined;
  first?: number | null | undefined;
}

/** A Relay connection whose cursors are places in the log. */
export interface EventPage {
  edges: { node: StoredEvent; cursor: string }[];
  nodes: StoredEvent[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
}

const LARGEST_PAGE = 200;
const USUAL_PAGE = 50;
/** A page looks at so much of the log at most, however rare what it looks for is. */
const MOST_LOOKED_AT = 20_000;

/** The events behind a cursor that the viewer may read. Throws CURSOR_EXPIRED when the log no longer reaches back to it. */
export async function listEvents(on: PartnersContext, choice: EventChoice): Promise<EventPage> {
  const viewer = requireScope(on.viewer, 'events:read');
  const size = choice.first ?? USUAL_PAGE;
  if (size < 1 || size > LARGEST_PAGE) throw badUserInput('first', `A page has 1 to ${LARGEST_PAGE} events.`);
  const types = readableTypes(viewer, choice.types);
  const { tenantId, locationIds } = viewer;
  const filter = { types: choice.types ?? null, locationId: null };
  const reader = { tenantId, filter };
  const page = on.database.read(viewer, async (tx) => {
    const head = await readHead(tx, tenantId);
    const after = choice.after != null ? openCursor(on.secrets, choice.after, reader, head) : head.oldest;
    const upTo = Math.min(head.position, after + MOST_LOOKED_AT);
    const range = { tenantId, after, first: size + 1, types, locationIds, upTo };
    const found = await readEvents(tx, range);
    const nodes = found.slice(0, size);
    const more = found.length > size;
    const end = more ? (nodes.at(-1)?.position ?? after) : upTo;
    const { epoch } = head;
    const cursorAt = (position: number) => sealCursor(on.secrets, { ...reader, position, epoch });
    const edges = nodes.map((node) => ({ node, cursor: cursorAt(node.position) }));
    return {
      edges,
      nodes,
      pageInfo: {
        hasNextPage: end < head.position,
        hasPreviousPage: after > head.oldest,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: cursorAt(end),
      },
      totalCount: head.position - head.oldest,
    };
  });
  // a month was removed between two statements
  return page.catch((error: unknown) => {
    throw error instanceof EventsNotKept ? expiredCursor(on.secrets, reader, error.head) : error;
  });
}
