import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'browser');
const require = createRequire(import.meta.url);
const CACHE = join(dirname(require.resolve('graphiql/package.json')), '../.cache/plaza-playground');

/** The playground's files, ready to be served. */
export interface Bundle {
  /** Differs when a file does: part of their address, so that browsers may keep them. */
  version: string;
  folder: string;
}

/**
 * Bundles GraphiQL, its editor's workers and our pane for the browser, from installed packages: once, into
 * node_modules/.cache; later starts find it there. Takes a few seconds of one core.
 */
export async function bundlePlayground(): Promise<Bundle> {
  const version = await fingerprint();
  const folder = join(CACHE, version);
  if (existsSync(folder)) return { version, folder };
  const { build } = await import('esbuild');
  // made beside its place and moved there whole: a start that is killed meanwhile leaves nothing half
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await build({
    entryPoints: {
      playground: join(SOURCE, 'main.tsx'),
      'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
      'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
      'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    },
    absWorkingDir: import.meta.dirname,
    outdir: draft,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.ttf': 'file', '.woff2': 'file' },
    logLevel: 'silent',
  });
  await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return { version, folder };
}

/** Of everything that the bundle is made from: the packages' versions and our own files. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['graphiql', '@graphiql/react', 'monaco-editor', 'monaco-graphql', 'react', 'esbuild']) {
    hash.update(`${name}@${versionOf(name)}\n`);
  }
  for (const entry of (await readdir(import.meta.dirname, { recursive: true })).sort()) {
    if (/\.(ts|tsx|css)$/.test(entry)) hash.update(await readFile(join(import.meta.dirname, entry)));
  }
  return hash.digest('hex').slice(0, 16);
}

function versionOf(name: string): string {
  const paths = require.resolve.paths(name) ?? [];
  const file = paths.map((path) => join(path, name, 'package.json')).find((path) => existsSync(path));
  return file === undefined ? 'missing' : (require(file) as { version: string }).version;
}
