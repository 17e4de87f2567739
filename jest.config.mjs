const everywhere = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  globalSetup: '<rootDir>/tests/setup/start.mjs',
  globalTeardown: '<rootDir>/tests/setup/stop.mjs',
};

// the stories told through the gateway, which hold in both topologies
const STORIES = [
  'main-job',
  'dashboard',
  'realtime',
  'under-fire',
  'crash',
  'two-tenants',
  'bad-input',
  'payment-routes',
];

export default {
  // of the whole run: jest takes it from no project
  testTimeout: 30_000,
  // the tests wait for servers and databases more than they work: two workers halve the run, also on two cores
  maxWorkers: 2,
  projects: [
    {
      ...everywhere,
      displayName: 'plaza',
      roots: ['platform', 'subgraphs', 'gateway', 'tests', 'replay', 'bench', 'evidence'].map(
        (folder) => `<rootDir>/${folder}`,
      ),
      testMatch: ['**/*.test.ts'],
      setupFiles: ['reflect-metadata'],
    },
    {
      ...everywhere,
      displayName: 'distributed',
      testMatch: STORIES.map((story) => `<rootDir>/tests/${story}.test.ts`),
      setupFiles: ['reflect-metadata', '<rootDir>/tests/setup/distributed.mjs'],
    },
  ],
};
