import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes what sidecars of one machine need beyond the configuration of their app: they find each other by a file of this platform's
 * own. By mDNS, Dapr's default, they would find those of every other platform in the same network as well.
 * @returns the path of the configuration
 */
export async function writeLocalConfiguration(runFolder: string): Promise<string> {
  const names = join(runFolder, 'names.db');
  for (const suffix of ['', '-wal', '-shm']) await rm(`${names}${suffix}`, { force: true });
  const file = join(runFolder, 'local.yaml');
  await writeFile(file, configuration(names));
  return file;
}

// Sidecars renew their entries each `updateInterval - timeout`. The resolver's clean-up would take entries that still count with it.
const configuration = (names: string): string => `apiVersion: dapr.io/v1alpha1
kind: Configuration
metadata:
  name: local
spec:
  nameResolution:
    component: sqlite
    version: v1
    configuration:
      connectionString: ${JSON.stringify(names)}
      updateInterval: 10s
      timeout: 5s
      cleanupInterval: 8760h
`;
