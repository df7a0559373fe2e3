import { afterAll, beforeAll } from '@jest/globals';
import { createApiClient, type Client } from './client.ts';
import { removeData, startPlatformProcess, type PlatformProcess } from './platform-process.ts';

/**
 * One platform for all tests of a file: it starts before them and ends after them.
 * @returns a client of it, and where it is, for use while the tests run
 */
export function onePlatform(): { api: Client; url: () => string } {
  let platform: PlatformProcess | undefined;
  beforeAll(async () => {
    platform = await startPlatformProcess();
  }, 300_000);
  afterAll(async () => {
    await platform?.stop();
    if (platform) await removeData(platform.dataDir);
  }, 60_000);

  function url(): string {
    if (!platform) throw new Error('the platform has not started yet');
    return platform.url;
  }
  return { api: createApiClient(url), url };
}
