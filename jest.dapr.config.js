import base from './jest.config.js';

/**
 * The conformance suite, the end-to-end tests and those of the local platform, against real parts: daprd, RabbitMQ,
 * Redis; and compose.yaml, read by the code of Docker Compose.
 */
process.env['CONFORMANCE_TARGET'] = 'daprd';
process.env['COMMONS_PLATFORM'] = 'dapr';

export default {
  ...base,
  globalSetup: '<rootDir>/tools/launcher/src/jest/find-real-parts.ts',
  globalTeardown: undefined,
  testMatch: [
    '**/tests/{conformance,end-to-end,dapr,real-parts}/*.test.ts',
    '<rootDir>/tools/manifests/tests/compose.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.data/'],
  testTimeout: 60_000,
  // A platform of real parts fills a core by itself, and more.
  maxWorkers: '50%',
};
