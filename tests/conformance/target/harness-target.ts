import { createDaprHarness } from '@commons/dapr-harness';
import type { ResourceFiles } from './resource-files.ts';
import type { AppSpec, Target } from './target.ts';

/** Sidecars of the harness. */
export async function startHarness(files: ResourceFiles, apps: readonly AppSpec[]): Promise<Target> {
  const harness = await createDaprHarness({
    resources: [files.folder, ...files.configurations.values()],
    apps: apps.map(({ id, appApiToken, daprApiToken, config }) => ({
      id,
      ...(appApiToken === undefined ? {} : { appApiToken }),
      ...(daprApiToken === undefined ? {} : { daprApiToken }),
      ...(config === undefined ? {} : { config }),
    })),
  });
  for (const { id, appPort, startsWithoutApp } of apps) {
    if (appPort === undefined) continue;
    const connected = harness.sidecar(id).connectApp(appPort);
    if (!startsWithoutApp) await connected;
  }
  return { url: (id) => harness.sidecar(id).url, close: () => harness.close() };
}
