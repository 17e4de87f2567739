import type { FastifyInstance } from 'fastify';

const GRACE_MILLISECONDS = 2000;

/** Stops listening, lets running requests finish for two seconds, then closes every connection that is left. */
export async function closeServer(server: FastifyInstance): Promise<void> {
  const late = setTimeout(() => server.server.closeAllConnections(), GRACE_MILLISECONDS);
  try {
    await server.close();
  } finally {
    clearTimeout(late);
  }
}
