import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../cache-folder.ts';
import { endLeftover } from '../processes/end-leftover.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import { answersWith, untilAnswered } from './answers.ts';
import type { Part } from './part.ts';
import type { Instance } from './plan.ts';

export type ServicePartOptions = {
  instance: Instance;
  /** All instances: services that Dapr does not connect are told of each other's addresses. */
  instances: readonly Instance[];
  env: NodeJS.ProcessEnv;
  mongodbUri: () => string;
  /** Where process ids are kept. */
  runFolder: string;
  onLine: (line: string) => void;
};

const loopback = '127.0.0.1';
const readyWithinMs = 60_000;
/** More than a service gives itself to stop. */
const patienceMs = 15_000;

/** A service in a process of its own. It is ready when it says so, and its sidecar has its subscriptions. */
export function servicePart({ instance, instances, env, mongodbUri, runFolder, onLine }: ServicePartOptions): Part {
  const { name, service, replica, appPort, inspectPort, dapr } = instance;
  const main = fileURLToPath(new URL(`../../../../services/${service}/src/main.ts`, import.meta.url));
  const pidFile = join(runFolder, `${name}.pid`);
  return {
    ...{ name, kind: 'service', service, replica, port: appPort },
    async launch() {
      await endLeftover({ pidFile, folder: main });
      const { exited, stop } = startGuarded({
        command: process.execPath,
        args: [
          ...['--conditions=source', '--disable-warning=ExperimentalWarning', '--enable-source-maps'],
          ...(inspectPort === undefined ? [] : [`--inspect=${loopback}:${inspectPort}`]),
          main,
        ],
        env: {
          NODE_COMPILE_CACHE: join(cacheFolder(env), 'compile'),
          ...env,
          ...environmentOf(instance, instances),
          MONGODB_URI: mongodbUri(),
        },
        onLine,
        pidFile,
        patienceMs,
      });
      const answers = untilAnswered(
        async () =>
          // The edge is not ready while any service behind it is away, and that is right when only some are wanted.
          (await answersWith(200, `http://${loopback}:${appPort}/${instance.isEdge ? 'healthz' : 'readyz'}`)) &&
          (await answersWith(204, `http://${loopback}:${dapr.http}/v1.0/healthz`)),
        { name, limitMs: readyWithinMs, exited },
      );
      return { pidFile, exited, stop, ready: answers };
    },
  };
}

function environmentOf(instance: Instance, instances: readonly Instance[]): NodeJS.ProcessEnv {
  const realtime = instances.filter(({ service }) => service === 'realtime');
  return {
    APP_HOST: instance.host,
    APP_PORT: String(instance.appPort),
    APP_API_TOKEN: instance.appApiToken,
    DAPR_HOST: loopback,
    DAPR_HTTP_PORT: String(instance.dapr.http),
    DAPR_API_TOKEN: instance.daprApiToken,
    ...(realtime.length > 0 && {
      REALTIME_URL: realtime.map(({ appPort }) => `http://${loopback}:${appPort}`).join(','),
    }),
  };
}
