import type { RequestContext } from '@plaza/platform/graphql/context';
import type { Viewer } from '@plaza/platform/viewer';

/** Who asks, in which request: what every fetch to a subgraph carries. */
export interface CallContext {
  viewer: Viewer | null;
  requestId: string;
  /** Contexts of in-process subgraphs, shared by one query's fetches; absent where each fetch needs its own. */
  shared?: Map<string, RequestContext>;
}

/** One operation that the planner wrote for one subgraph. */
export interface SubgraphRequest {
  query: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** An error in a subgraph's answer; what it says was chosen for the caller by the subgraph or masked already. */
export interface SubgraphError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

/** A subgraph's answer. `data` belongs to the reader, who may change it. */
export interface SubgraphAnswer {
  data?: Record<string, unknown> | null | undefined;
  errors?: readonly SubgraphError[] | undefined;
}

/** The way to one subgraph: in this process or over HTTP. Never rejects: what fails becomes an error in the answer. */
export interface SubgraphSource {
  fetch(request: SubgraphRequest, context: CallContext): Promise<SubgraphAnswer>;
  /** True when the subgraph can answer now. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}
