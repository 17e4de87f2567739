import type { RequestContext } from '@plaza/platform/graphql/context';
import type { Logger } from '@plaza/platform/server/logger';
import { executeSubgraph } from '@plaza/platform/server/execute-subgraph';
import type { Subgraph } from '@plaza/platform/subgraph';
import { parse, type DocumentNode } from 'graphql';
import type {
  CallContext,
  SubgraphAnswer,
  SubgraphRequest,
  SubgraphSource,
} from '../execution/subgraph-source.js';
import { Recent } from '@plaza/platform/server/recent';
import { failedAnswer } from './errors.js';

/** A subgraph in this process. The planner's operations are valid, so each is parsed once and never validated. */
export class InProcessSource implements SubgraphSource {
  private readonly documents = new Recent<string, DocumentNode>(5000);

  constructor(
    private readonly subgraph: Subgraph,
    private readonly logger: Logger,
  ) {}

  async fetch(request: SubgraphRequest, context: CallContext): Promise<SubgraphAnswer> {
    try {
      const document = this.documentOf(request.query);
      return await executeSubgraph(
        this.subgraph,
        document,
        request.variables,
        this.contextOf(context),
        this.logger,
      );
    } catch (error) {
      return failedAnswer(error, this.logger, context.requestId);
    }
  }

  ready(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async close(): Promise<void> {
    await this.subgraph.close?.();
  }

  private documentOf(query: string): DocumentNode {
    let document = this.documents.get(query);
    if (!document) {
      document = parse(query, { noLocation: true });
      this.documents.set(query, document);
    }
    return document;
  }

  // one query's fetches share the loaders, so nothing is read twice for it; a mutation must see what it changed
  private contextOf({ viewer, requestId, shared }: CallContext): RequestContext {
    const known = shared?.get(this.subgraph.name);
    if (known) return known;
    const made = this.subgraph.context(viewer, requestId);
    shared?.set(this.subgraph.name, made);
    return made;
  }
}
