import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { checkInputScalars } from './input-scalars.js';

/** The composed graph in the shapes that planning, validation, policy and execution need. Built once. */
export interface Graph {
  /** What a client sees; operations are validated against it. */
  schema: GraphQLSchema;
  /** The same in the planner's own representation. */
  apiSchema: Schema;
  /** Everything, with the join and security directives on their nodes. */
  supergraph: GraphQLSchema;
  planner: QueryPlanner;
  /** The names of the subgraphs that the supergraph joins. */
  subgraphNames: string[];
}

const SUPPORTED_FEATURES = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  // these three are linked "for: SECURITY": loading a supergraph with them is a promise to enforce them, see policy/
  'https://specs.apollo.dev/authenticated/v0.1',
  'https://specs.apollo.dev/requiresScopes/v0.1',
  'https://specs.apollo.dev/policy/v0.1',
  'https://specs.apollo.dev/cost/v0.1',
]);

/** Reads a composed supergraph. Throws when it needs a feature that this gateway does not have. */
export function loadGraph(supergraphSdl: string): Graph {
  const supergraph = Supergraph.build(supergraphSdl, {
    supportedFeatures: SUPPORTED_FEATURES,
    validateSupergraph: false,
  });
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  checkInputScalars(schema);
  return {
    schema,
    apiSchema,
    supergraph: buildASTSchema(parse(supergraphSdl, { noLocation: true }), {
      assumeValid: true,
      assumeValidSDL: true,
    }),
    planner: new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: false } }),
    subgraphNames: supergraph.subgraphsMetadata().map(({ name }) => name),
  };
}
