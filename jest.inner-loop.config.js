import base from './jest.config.js';

/** skaffold.yaml and the Tiltfile as their own programs read them: Skaffold with Helm, and an interpreter of Starlark built with Go. */
export default {
  ...base,
  globalSetup: '<rootDir>/tools/inner-loop/src/jest/find-programs.ts',
  globalTeardown: undefined,
  testMatch: ['<rootDir>/tools/inner-loop/tests/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.data/'],
  testTimeout: 120_000,
};
