import type { FastifyInstance } from 'fastify';
import { NoticeRefused } from '../providers/provider.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { receiveNotice } from '../use-cases/receive-notice.js';

const refusal = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });

/**
 * POST /providers/:name/notices: where providers tell what happened. 200 once the notice is kept, 401 for one that is not
 * genuine; anything else makes the provider send it again.
 */
export function serveNotices(server: FastifyInstance, on: PaymentsDeps): void {
  void server.register((scope, _options, registered) => {
    // a signature is over the bytes, so that nobody may read them before
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post<{ Params: { name: string } }>('/providers/:name/notices', async (request, reply) => {
      const provider = on.providers.find(({ name }) => name === request.params.name);
      if (!provider) return reply.code(404).send(refusal('NOT_FOUND', 'There is no such provider.'));
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      try {
        await receiveNotice(on, provider, { headers: request.headers, body });
      } catch (error) {
        if (!(error instanceof NoticeRefused)) throw error;
        return reply.code(401).send(refusal('UNAUTHENTICATED', error.message));
      }
      return { received: true };
    });
    registered();
  });
}
