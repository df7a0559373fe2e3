import base from './jest.config.js';

/**
 * The end-to-end tests through the ingress of a cluster, and what is done to the platform there: upgrades, scaling, failures. One file after
 * the other, as there is one platform. Run as `npm run test:cluster`, after `npm run cluster:up`.
 */
process.env['COMMONS_PLATFORM'] = 'cluster';

export default {
  ...base,
  globalSetup: '<rootDir>/tests/cluster/jest/global-setup.ts',
  globalTeardown: '<rootDir>/tests/cluster/jest/global-teardown.ts',
  testMatch: ['**/tests/{cluster,end-to-end}/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.data/', '<rootDir>/tools/'],
  testTimeout: 60_000,
  maxWorkers: 1,
};
