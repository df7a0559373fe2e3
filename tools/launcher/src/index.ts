export { startAzurite } from './azurite/start-azurite.ts';
export type { RunningAzurite, StartAzuriteOptions } from './azurite/start-azurite.ts';
export { startEmbedded } from './embedded/start-embedded.ts';
export type { EmbeddedOptions, Platform } from './embedded/start-embedded.ts';
export { LaunchProblem } from './launch-problem.ts';
export { locateMongod } from './mongod/locate-mongod.ts';
export { startMongod } from './mongod/start-mongod.ts';
export type { RunningMongod, StartMongodOptions } from './mongod/start-mongod.ts';
export { startPlatform } from './start-platform.ts';
