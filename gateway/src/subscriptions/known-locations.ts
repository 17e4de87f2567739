import type { Viewer } from '@plaza/platform/viewer';
import { parse } from 'graphql';
import type { Executor } from '../execution/executor.js';
import type { Graph } from '../graph/graph.js';

const LOOK_UP = parse('query ($id: ID!) { location(id: $id) { __typename } }');

/** Tells whether a location exists for a viewer, so that a mistaken id is an error and not an endless silence. */
export class KnownLocations {
  private readonly inGraph: boolean;

  constructor(
    graph: Graph,
    private readonly executor: Executor,
  ) {
    this.inGraph = graph.schema.getQueryType()?.getFields().location !== undefined;
  }

  /** Throws when the graph can't be asked. */
  async isKnown(viewer: Viewer, id: string): Promise<boolean> {
    if (!this.inGraph) return true;
    // only whether it is there: who may follow a location's tickets need not be allowed to read the location itself
    const asking: Viewer = { ...viewer, scopes: [...viewer.scopes, 'locations:read'] };
    const { data, errors } = await this.executor.execute(
      { document: LOOK_UP, variables: { id } },
      { viewer: asking, requestId: 'location of a subscription' },
    );
    if (errors?.[0] && errors[0].extensions.code !== 'NOT_FOUND') throw errors[0];
    return Boolean(data?.location);
  }
}
