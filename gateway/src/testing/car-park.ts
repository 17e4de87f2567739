import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Viewer } from '@plaza/platform/viewer';
import { execute, parse, type GraphQLSchema } from 'graphql';
import type { CallContext, SubgraphSource } from '../execution/subgraph-source.js';
import { CAR_PARK } from './car-park-subgraphs.js';

/** The supergraph of the three. */
export function carParkSupergraph(): string {
  const composed = composeServices(
    Object.entries(CAR_PARK).map(([name, { typeDefs }]) => ({
      name,
      url: `http://${name}.test/graphql`,
      typeDefs,
    })),
  );
  if (!composed.supergraphSdl) throw new Error(String(composed.errors?.[0]));
  return composed.supergraphSdl;
}

export const carParkSchemas = (): Record<string, GraphQLSchema> =>
  Object.fromEntries(Object.entries(CAR_PARK).map(([name, module]) => [name, buildSubgraphSchema([module])]));

/** A source that runs a schema with graphql-js and notes what it was asked. */
export interface RecordingSource extends SubgraphSource {
  fetches: { query: string; variables: Record<string, unknown>; context: CallContext }[];
}

export function recordingSources(schemas: Record<string, GraphQLSchema>): Record<string, RecordingSource> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const fetches: RecordingSource['fetches'] = [];
      const source: RecordingSource = {
        fetches,
        fetch: async ({ query, variables, operationName }, context) => {
          fetches.push({ query, variables, context });
          return execute({
            schema,
            document: parse(query),
            variableValues: variables,
            operationName: operationName ?? null,
          });
        },
        ready: () => Promise.resolve(true),
        close: () => Promise.resolve(),
      };
      return [name, source];
    }),
  );
}

/** Somebody signed in with these scopes. */
export const viewerWith = (...scopes: Viewer['scopes']): Viewer => ({
  kind: 'user',
  id: 'u',
  name: null,
  tenantId: 't',
  roles: [],
  scopes,
  locationIds: null,
  sessionId: null,
});
