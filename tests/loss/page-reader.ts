import { setTimeout as sleep } from 'node:timers/promises';
import type { AnywhereClient } from './anywhere.js';
import { type Access, WRITTEN } from './tenant.js';
import type { Reader } from './verdict.js';

const PAGE = `query ($after: String, $types: [String!]) { events(after: $after, types: $types, first: 200) {
  nodes { id } pageInfo { hasNextPage endCursor } } }`;
/** Between two looks at a log that had nothing new. */
const LOOK_MS = 100;

/** Reads what a key may see of the log with the query events(after:), from its beginning, while it is written. */
export class PageReader implements Reader {
  readonly exit = 'query';
  readonly types = WRITTEN;
  readonly connections: string[][] = [[]];
  readonly name: string;
  readonly tenantId: string;
  readonly locationId: string | null;
  pages = 0;

  constructor(
    private readonly client: AnywhereClient,
    { tenantId, limited, locationId }: Access,
  ) {
    this.name = `the pages of ${tenantId}${limited ? ', one location' : ''}`;
    this.tenantId = tenantId;
    this.locationId = limited ? locationId : null;
  }

  /** Reads until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let after: string | null = null;
    while (!signal.aborted) {
      const { events } = await this.client.ask(PAGE, { after, types: this.types });
      this.connections[0]?.push(...(events.nodes as { id: string }[]).map(({ id }) => id));
      after = events.pageInfo.endCursor as string;
      this.pages += 1;
      if (!events.pageInfo.hasNextPage) await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
