import DataLoader from 'dataloader';
import type { Viewer } from '../viewer.js';

/** What every resolver of one request shares. */
export interface RequestContext {
  viewer: Viewer | null;
  requestId: string;
  /** One loader of each kind for each request, so that nothing read for one viewer is served to another. */
  loaders: Map<symbol, unknown>;
}

export const requestContext = (viewer: Viewer | null, requestId: string): RequestContext => ({
  viewer: viewer && { ...viewer, correlationId: requestId },
  requestId,
  loaders: new Map(),
});

/**
 * The request's loader of one kind. `load` gets the keys of one batch and answers with the values by key; a key that is
 * missing there is null.
 */
export function loader<Key extends string, Value>(
  context: RequestContext,
  kind: symbol,
  load: (keys: readonly Key[]) => Promise<Map<Key, Value>>,
): DataLoader<Key, Value | null> {
  let known = context.loaders.get(kind) as DataLoader<Key, Value | null> | undefined;
  if (!known) {
    known = new DataLoader<Key, Value | null>(
      async (keys) => {
        const values = await load(keys);
        return keys.map((key) => values.get(key) ?? null);
      },
      { maxBatchSize: 1000 },
    );
    context.loaders.set(kind, known);
  }
  return known;
}

/** Rows by their id, as `loader` wants them. */
export const byId = <Row extends { id: string }>(rows: Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));
