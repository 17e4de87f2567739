import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { bundlePlayground, type Bundle } from './bundle.js';
import { PLAYGROUND_POLICY, playgroundPage } from './playground-page.js';
import type { ReadyInfo } from './ready-info.js';
import { WELCOME_POLICY, welcomePage } from './welcome-page.js';

const DOCUMENTS = join(import.meta.dirname, '../../../docs');

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#1b5fc1"/><path d="M9 18V6.5h4a3.5 3.5 0 0 1 0 7H9" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** What the way in needs to know; asked anew at every request, since the demo is made while Plaza starts. */
export interface PlaygroundOptions {
  readyInfo(): ReadyInfo;
}

/**
 * Serves the way in: `/` (what runs, the demo logins, where everything is), `/playground` (GraphiQL from this
 * origin, without internet) and `/docs/NAME.md`. The playground is bundled once, in the background.
 */
export async function registerPlayground(server: FastifyInstance, options: PlaygroundOptions): Promise<void> {
  const documents = await documentNames();
  let bundle: Promise<Bundle> | undefined;
  const bundled = () =>
    (bundle ??= bundlePlayground().catch((error: unknown) => {
      bundle = undefined;
      throw error;
    }));
  server.addHook('onReady', async () => {
    bundled().catch((error: unknown) =>
      server.log.error({ err: error }, 'The playground could not be bundled'),
    );
  });

  server.get('/', (request, reply) =>
    page(
      reply,
      WELCOME_POLICY,
      welcomePage(options.readyInfo(), `${request.protocol}://${request.host}`, documents),
    ),
  );
  server.get('/favicon.svg', (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(ICON),
  );
  server.get('/playground', async (_request, reply) => {
    const { version } = await bundled();
    return page(reply, PLAYGROUND_POLICY, playgroundPage(version, options.readyInfo().logins));
  });
  server.get<{ Params: { version: string; name: string } }>(
    '/playground/files/:version/:name',
    async ({ params }, reply) => {
      const { version, folder } = await bundled();
      const type = TYPES[extname(params.name)];
      const known = params.version === version && /^[\w.-]+$/.test(params.name) && type !== undefined;
      const content = known ? await readFile(join(folder, params.name)).catch(() => undefined) : undefined;
      if (content === undefined) return reply.callNotFound();
      return harmless(reply)
        .type(type!)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(content);
    },
  );
  server.get<{ Params: { name: string } }>('/docs/:name', async ({ params }, reply) => {
    if (!documents.includes(params.name)) return reply.callNotFound();
    return harmless(reply)
      .type('text/plain; charset=utf-8')
      .send(await readFile(join(DOCUMENTS, params.name)));
  });
}

async function documentNames(): Promise<string[]> {
  const names = await readdir(DOCUMENTS).catch(() => []);
  return names.filter((name) => name.endsWith('.md')).sort();
}

const harmless = (reply: FastifyReply): FastifyReply =>
  reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');

const page = (reply: FastifyReply, policy: string, html: string): FastifyReply =>
  harmless(reply)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy)
    .send(html);
