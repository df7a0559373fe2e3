import type { PlatformProcess } from '../../end-to-end/support/platform-process.ts';
import { openPlatform } from './release.ts';

/** The platform on the cluster, for the end-to-end tests: there is one, which runs before them and after them. */
export async function platformOfCluster(): Promise<PlatformProcess> {
  const platform = await openPlatform();
  await platform.isReady();
  return {
    url: platform.url,
    dataDir: '',
    pid: 0,
    output: () => '',
    stop: async () => 0,
    // Every pod at once, databases included, with no time to end.
    kill: async () => void (await platform.kubectl('delete', 'pods', '--all', '--grace-period=0', '--force')),
  };
}
