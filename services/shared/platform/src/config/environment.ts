import type { Environment } from './load-config.ts';

/** The environment of the process: the one place in services that reads it. */
export const environment: Environment = process.env;
