// Who may import whom (docs/architecture.md). Every rule is an error.
const TESTS = '(\\.test\\.ts$|/tests/|^tests/|^platform/src/testing/)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unknown-imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'subgraphs-are-strangers',
      comment: 'A subgraph calls another through its contract functions in the database, never its code.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^(subgraphs|gateway)/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'platform-stands-below',
      severity: 'error',
      from: { path: '^platform/' },
      to: { path: '^(subgraphs|gateway|tests|bench|replay|evidence|scripts)/' },
    },
    {
      name: 'gateway-knows-subgraphs-where-they-are-embedded',
      severity: 'error',
      from: { path: '^gateway/', pathNot: ['^gateway/src/embedded', TESTS] },
      to: { path: '^subgraphs/' },
    },
    {
      name: 'domain-is-pure',
      comment:
        "State and rules: no GraphQL, no SQL, nothing but the domain, zod for documents from outside, and platform's money, clock, time zones, plates, ids and error codes.",
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/src/domain/', pathNot: '(\\.test\\.ts$|/tests/)' },
      to: {
        pathNot: [
          '^subgraphs/$1/src/domain/',
          '^node_modules/zod/',
          '^platform/src/(money|clock|ids|errors|plate|time-zone)\\.ts$',
        ],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'use-cases-know-no-graphql',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/(use-cases|database|contract)/' },
      to: {
        path: ['/src/graphql/', 'node_modules/(graphql|type-graphql|graphql-ws|@apollo)/'],
        // pages are cut where they are queried
        pathNot: '^platform/src/graphql/connection\\.ts$',
      },
    },
    {
      name: 'stories-come-before-storage',
      comment: 'Queries and entities serve the use cases, and know none of them.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/(database|contract)/' },
      to: { path: '^subgraphs/[^/]+/src/(use-cases|graphql)/' },
    },
    {
      name: 'graphql-opens-no-connection',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/graphql/' },
      to: {
        path: ['node_modules/(pg|@mikro-orm)/', '^platform/src/database/(idempotency|transaction)\\.ts$'],
      },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules/.cache' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
