import { createDaprHarness } from '@commons/dapr-harness';
import type { Sidecar } from '@commons/dapr-harness';
import { send } from './client.ts';
import { eventually } from './eventually.ts';
import type { ResourceFiles } from './resource-files.ts';
import type { AppSpec, Target } from './target.ts';

/** Sidecars of the harness. */
export async function startHarness(files: ResourceFiles, apps: readonly AppSpec[]): Promise<Target> {
  const resources = [files.folder, ...files.configurations.values()];
  const harness = await createDaprHarness({ resources, apps: [] });
  const sidecars = new Map<string, Sidecar>();
  try {
    for (const app of apps) {
      const { id, name = id, appApiToken, daprApiToken, config, healthPath } = app;
      const sidecar = await harness.addApp({
        id,
        ...(appApiToken === undefined ? {} : { appApiToken }),
        ...(daprApiToken === undefined ? {} : { daprApiToken }),
        ...(config === undefined ? {} : { config }),
        ...(healthPath === undefined
          ? {}
          : { healthCheck: { path: healthPath, intervalMs: 1_000, timeoutMs: 500, threshold: 2 } }),
      });
      sidecars.set(name, sidecar);
    }
    await Promise.all(apps.map((app) => connect(app, sidecars.get(app.name ?? app.id))));
  } catch (error) {
    await harness.close();
    throw error;
  }

  const named = (name: string): Sidecar => {
    const sidecar = sidecars.get(name);
    if (!sidecar) throw new Error(`no sidecar of ${name}`);
    return sidecar;
  };
  return {
    url: (name) => named(name).url,
    stop: (name) => named(name).stop(),
    start: async (name) => {
      await named(name).start();
      await eventually(async () => {
        const { status } = await send(`${named(name).url}/v1.0/healthz`);
        if (status !== 204) throw new Error(`${name} answers ${status} on its health`);
      });
    },
    close: () => harness.close(),
  };
}

async function connect({ appPort, startsWithoutApp }: AppSpec, sidecar: Sidecar | undefined): Promise<void> {
  if (appPort === undefined || !sidecar) return;
  const connected = sidecar.connectApp(appPort);
  if (!startsWithoutApp) await connected;
}
