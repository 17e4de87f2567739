import type { Viewer } from '@plaza/platform/viewer';
import { parse, type DocumentNode } from 'graphql';
import type { Executor } from '../execution/executor.js';
import type { Graph } from '../graph/graph.js';

/** Tells whether a thing exists for a viewer, so that a mistaken id is an error and not an endless silence. */
export class KnownThings {
  private readonly lookUps = new Map<string, DocumentNode>();

  constructor(
    private readonly graph: Graph,
    private readonly executor: Executor,
  ) {}

  /** `field` is the query that has such things by their id. Throws when the graph can't be asked. */
  async isKnown(viewer: Viewer, field: string, id: string): Promise<boolean> {
    if (!this.graph.schema.getQueryType()?.getFields()[field]) return true;
    const document =
      this.lookUps.get(field) ?? parse(`query ($id: ID!) { ${field}(id: $id) { __typename } }`);
    this.lookUps.set(field, document);
    // only whether it is there: who may follow a location's tickets need not be allowed to read the location itself
    const asking: Viewer = { ...viewer, scopes: [...viewer.scopes, 'locations:read'] };
    const { data, errors } = await this.executor.execute(
      { document, variables: { id } },
      { viewer: asking, requestId: `${field} of a subscription` },
    );
    if (errors?.[0] && errors[0].extensions.code !== 'NOT_FOUND') throw errors[0];
    return Boolean(data?.[field]);
  }
}
