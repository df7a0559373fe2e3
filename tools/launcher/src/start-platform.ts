import { startEmbedded } from './embedded/start-embedded.ts';
import type { EmbeddedOptions, Platform } from './embedded/start-embedded.ts';

/**
 * Starts every service of the platform in this process.
 * @throws LaunchProblem with the sentence to show
 */
export function startPlatform(options: Omit<EmbeddedOptions, 'loadServices'>): Promise<Platform> {
  return startEmbedded({ ...options, loadServices: async () => (await import('./services.ts')).services });
}
