import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import { serveGraphQL } from '@plaza/platform/server/graphql-route';
import { PlazaError } from '@plaza/platform/errors';
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Authenticator } from '../authentication/authenticator.js';
import type { PublicKeys } from '../authentication/public-keys.js';
import type { CallContext } from '../execution/subgraph-source.js';
import type { Metrics } from './metrics.js';

export interface RouteOptions {
  apollo: ApolloServer<CallContext>;
  authenticator: Authenticator;
  publicKeys: PublicKeys;
  metrics: Metrics;
}

/** The gateway's addresses: /graphql, /metrics and /.well-known/jwks.json. */
export async function registerRoutes(server: FastifyInstance, options: RouteOptions): Promise<void> {
  const { apollo, authenticator, publicKeys, metrics } = options;
  // any page may ask: credentials are bearer tokens that its own code sends, never cookies that a browser adds
  await server.register(cors, {
    origin: '*',
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id'],
    maxAge: 86_400,
  });
  server.addHook('onResponse', (request, reply, done) => {
    metrics.requestEnded(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    done();
  });
  serveGraphQL(server, apollo, async (request): Promise<CallContext> => {
    try {
      return {
        viewer: await authenticator.authenticate(request.headers.authorization),
        requestId: request.id,
      };
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      metrics.credentialRefused();
      throw new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 401 } } });
    }
  });
  server.get('/metrics', async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  server.get('/.well-known/jwks.json', async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300');
    return publicKeys.keySet();
  });
}
