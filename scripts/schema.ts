import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SUBGRAPHS, type CreateSubgraph } from '@plaza/gateway/embedded/subgraphs';
import { systemClock } from '@plaza/platform/clock';
import { Database } from '@plaza/platform/database/database';
import { Secrets } from '@plaza/platform/secrets';
import { createLogger } from '@plaza/platform/server/logger';
import { breakingChanges, committed } from './schema/breaking-changes.js';
import { compose, readRoverConfig } from './schema/compose.js';
import { eventsPage } from './schema/events-page.js';

const HELP = `Prints each subgraph's schema, composes them by rover.yaml, and writes all of it to schema/; and the catalogue of
events to docs/events.md.

  npm run schema              write schema/*.graphql and docs/events.md
  npm run schema -- --check   write nothing; exit code 1 when one of them is stale, or when a change
                              would break clients of the graph as it was committed last
  npm run schema -- --help    this text

To break clients on purpose, deprecate first; to record a break all the same, commit the new schema/api.graphql.
`;

const API = 'schema/api.graphql';
const SUPERGRAPH = 'schema/supergraph.graphql';
const EVENTS = 'docs/events.md';

// nothing is read while a schema is built; a subgraph that tried would find no server here
const database = new Database({
  url: 'postgresql://nobody@127.0.0.1:1/none',
  applicationName: 'plaza schema',
});

async function print(name: string): Promise<string> {
  const create = (SUBGRAPHS as Record<string, CreateSubgraph | undefined>)[name];
  if (!create) throw new Error(`rover.yaml names the subgraph ${name}, which does not exist.`);
  const secrets = new Secrets('only to build a schema, never to sign');
  const { sdl } = await create({
    database,
    clock: systemClock,
    secrets,
    logger: createLogger(name, 'silent'),
  });
  return `${sdl.trim()}\n`;
}

/** Everything that is written, as it should be: path and text. */
async function generate(): Promise<Map<string, string>> {
  const subgraphs = await Promise.all(
    (await readRoverConfig('rover.yaml')).map(async (subgraph) => ({
      ...subgraph,
      sdl: await print(subgraph.name),
    })),
  );
  console.log(`printed    ${subgraphs.map(({ name }) => name).join(', ')}`);
  const { supergraph, api } = compose(subgraphs);
  console.log(`composed   ${subgraphs.length} subgraphs into one graph`);
  return new Map([
    ...subgraphs.map(({ file, sdl }) => [file, sdl] as const),
    [SUPERGRAPH, supergraph],
    [API, api],
    [EVENTS, await eventsPage(EVENTS)],
  ]);
}

async function staleFiles(files: Map<string, string>): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of files) {
    if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) stale.push(path);
  }
  return stale;
}

async function reportBreaks(api: string): Promise<boolean> {
  const before = await committed(API);
  if (before === undefined) {
    console.log(`skipped    no ${API} in the last commit to compare with`);
    return false;
  }
  const breaks = await breakingChanges(before, api);
  for (const message of breaks) console.error(`BREAKS     ${message}`);
  if (breaks.length === 0) console.log('compared   nothing breaks clients of the last commit');
  return breaks.length > 0;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const files = await generate();
  const stale = await staleFiles(files);
  const breaks = await reportBreaks(files.get(API) ?? '');
  if (values.check) {
    for (const path of stale) console.error(`STALE      ${path}: run npm run schema`);
    if (stale.length === 0) console.log('checked    everything is up to date');
    return stale.length > 0 || breaks ? 1 : 0;
  }
  for (const path of stale) await writeFile(path, files.get(path) ?? '');
  console.log(stale.length > 0 ? `wrote      ${stale.join(', ')}` : 'unchanged  everything was up to date');
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
