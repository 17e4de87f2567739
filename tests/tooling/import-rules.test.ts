import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
let house: string;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'plaza-imports-'));
});
afterAll(() => rm(house, { recursive: true }));

/** The names of the rules that a small house of these files breaks. */
async function broken(files: Record<string, string>): Promise<string[]> {
  await rm(house, { recursive: true });
  for (const [path, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), text);
  }
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))];
  const args = [program, '--config', join(ROOT, '.dependency-cruiser.cjs'), '-T', 'json', ...folders];
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, args, { cwd: house, maxBuffer: 1e8 }, (_error, stdout) => done(stdout));
  });
  const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
}

const tickets = 'subgraphs/tickets/src';
const nothing = 'export {};';
const imports = (path: string) => `import '${path}';`;

const FORBIDDEN: [rule: string, why: string, files: Record<string, string>][] = [
  [
    'no-circles',
    'two files that import each other',
    { 'platform/src/a.ts': imports('./b.js'), 'platform/src/b.ts': imports('./a.js') },
  ],
  ['no-unknown-imports', 'a file that is not there', { 'platform/src/a.ts': imports('./missing.js') }],
  [
    'subgraphs-are-strangers',
    'a subgraph that imports another',
    { [`${tickets}/a.ts`]: imports('../../spaces/src/b.js'), 'subgraphs/spaces/src/b.ts': nothing },
  ],
  [
    'subgraphs-are-strangers',
    'a subgraph that imports the gateway',
    { [`${tickets}/a.ts`]: imports('../../../gateway/src/b.js'), 'gateway/src/b.ts': nothing },
  ],
  [
    'platform-stands-below',
    'platform that imports a subgraph',
    { 'platform/src/a.ts': imports('../../subgraphs/spaces/src/b.js'), 'subgraphs/spaces/src/b.ts': nothing },
  ],
  [
    'gateway-knows-subgraphs-where-they-are-embedded',
    'the gateway that imports a subgraph',
    { 'gateway/src/a.ts': imports('../../subgraphs/spaces/src/b.js'), 'subgraphs/spaces/src/b.ts': nothing },
  ],
  [
    'domain-is-pure',
    'a domain that imports the database',
    { [`${tickets}/domain/a.ts`]: imports('../database/b.js'), [`${tickets}/database/b.ts`]: nothing },
  ],
  [
    'domain-is-pure',
    "a domain that imports platform's GraphQL",
    {
      [`${tickets}/domain/a.ts`]: imports('../../../../platform/src/graphql/b.js'),
      'platform/src/graphql/b.ts': nothing,
    },
  ],
  [
    'use-cases-know-no-graphql',
    'a use case that imports a resolver',
    { [`${tickets}/use-cases/a.ts`]: imports('../graphql/b.js'), [`${tickets}/graphql/b.ts`]: nothing },
  ],
  [
    'stories-come-before-storage',
    'a query that imports a use case',
    { [`${tickets}/database/a.ts`]: imports('../use-cases/b.js'), [`${tickets}/use-cases/b.ts`]: nothing },
  ],
  [
    'graphql-opens-no-connection',
    'a resolver that imports transactions',
    {
      [`${tickets}/graphql/a.ts`]: imports('../../../../platform/src/database/transaction.js'),
      'platform/src/database/transaction.ts': nothing,
    },
  ],
  [
    'product-knows-no-tests',
    'product code that imports a test fixture',
    {
      [`${tickets}/a.ts`]: imports('../../../platform/src/testing/b.js'),
      'platform/src/testing/b.ts': nothing,
    },
  ],
];

test.each(FORBIDDEN)('%s forbids %s', async (rule, _why, files) => {
  expect(await broken(files)).toEqual([rule]);
});

test('a house in order breaks no rule', async () => {
  expect(
    await broken({
      [`${tickets}/graphql/a.ts`]: imports('../use-cases/b.js'),
      [`${tickets}/use-cases/b.ts`]: `${imports('../database/c.js')}${imports('../domain/d.js')}`,
      [`${tickets}/database/c.ts`]: nothing,
      [`${tickets}/domain/d.ts`]: imports('../../../../platform/src/money.js'),
      'platform/src/money.ts': nothing,
      'gateway/src/embedded.ts': imports('../../subgraphs/tickets/src/graphql/a.js'),
    }),
  ).toEqual([]);
});
