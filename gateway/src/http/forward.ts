import type { FastifyInstance } from 'fastify';
import { Pool } from 'undici';

const TIMEOUT_MILLISECONDS = 30_000;
const PASSED_ON = ['content-type', 'content-disposition', 'cache-control', 'x-content-type-options'];

/**
 * Answers every GET of an address below `path` with what the server at `origin` answers to it: for a subgraph's own
 * addresses where it runs in another process. No credential is passed on.
 */
export function forward(server: FastifyInstance, path: string, origin: string): void {
  const pool = new Pool(origin, { connections: 8, headersTimeout: TIMEOUT_MILLISECONDS });
  server.addHook('onClose', () => pool.close());
  server.get<{ Params: { rest: string } }>(`${path}:rest`, async (request, reply) => {
    const answer = await pool.request({
      method: 'GET',
      path: `${path}${encodeURIComponent(request.params.rest)}`,
      headers: { 'x-request-id': request.id },
    });
    for (const name of PASSED_ON) {
      const value = answer.headers[name];
      if (value !== undefined) void reply.header(name, value);
    }
    return reply.code(answer.statusCode).send(answer.body);
  });
}
