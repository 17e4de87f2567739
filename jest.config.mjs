export default {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/platform',
    '<rootDir>/subgraphs',
    '<rootDir>/gateway',
    '<rootDir>/tests',
    '<rootDir>/replay',
    '<rootDir>/bench',
  ],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  globalSetup: '<rootDir>/tests/setup/start.mjs',
  globalTeardown: '<rootDir>/tests/setup/stop.mjs',
  setupFiles: ['reflect-metadata'],
  testTimeout: 30_000,
};
