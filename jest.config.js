import { availableParallelism } from 'node:os';

/** Everything runs as ES modules from source: packages resolve by their `source` condition. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  globalSetup: '<rootDir>/tools/launcher/src/jest/global-setup.ts',
  globalTeardown: '<rootDir>/tools/launcher/src/jest/global-teardown.ts',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '/.data/',
    '<rootDir>/tests/dapr/',
    '<rootDir>/tests/cluster/',
    '<rootDir>/tools/launcher/tests/real-parts/',
    '<rootDir>/tools/inner-loop/tests/programs/',
    // It needs Go, as the real parts do.
    '<rootDir>/tools/manifests/tests/compose.test.ts',
  ],
  // A cluster keeps its images there, with packages of the same names in them.
  modulePathIgnorePatterns: ['<rootDir>/.data/'],
  testTimeout: 30_000,
  // A test waits for its database half of the time: two cores have room for two workers.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Node keeps the ES modules of every test file for as long as its process lives: a worker that has grown makes room for a new one.
  workerIdleMemoryLimit: '1GB',
};
