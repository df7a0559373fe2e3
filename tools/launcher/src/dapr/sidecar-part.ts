import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endLeftover } from '../processes/end-leftover.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import { answersWith, untilAnswered } from './answers.ts';
import type { Part } from './part.ts';
import type { Instance } from './plan.ts';

export type SidecarPartOptions = {
  instance: Instance;
  /** Path of daprd. */
  program: string;
  env: NodeJS.ProcessEnv;
  /** What ties sidecars to the authority that gives them their identities. */
  identity: { args: Readonly<Record<string, string>>; env: NodeJS.ProcessEnv };
  /** Configuration of this machine's, on top of the app's own. */
  localConfiguration: string;
  secretsFile: string;
  runFolder: string;
  onLine: (line: string) => void;
};

const loopback = '127.0.0.1';
const readyWithinMs = 30_000;
const patienceMs = 10_000;

/** Components, resiliency and configuration: the same files for every way of running. */
const components = fileURLToPath(new URL('../../../../components', import.meta.url));

/** A daprd beside its app. It is ready when it takes requests of the app; the app itself may come later. */
export function sidecarPart(options: SidecarPartOptions): Part {
  const { instance, program, env, identity, secretsFile, runFolder, onLine } = options;
  const name = `${instance.name}-dapr`;
  const pidFile = join(runFolder, `${name}.pid`);
  return {
    ...{ name, kind: 'sidecar', service: instance.service, replica: instance.replica, port: instance.dapr.http },
    async launch() {
      await endLeftover({ pidFile, folder: `--app-id=${instance.service} ` });
      const { exited, stop } = startGuarded({
        command: program,
        args: argumentsOf(options),
        env: {
          ...env,
          ...identity.env,
          DAPR_HOST_IP: loopback,
          APP_API_TOKEN: instance.appApiToken,
          DAPR_API_TOKEN: instance.daprApiToken,
          SECRETS_FILE: secretsFile,
        },
        onLine,
        pidFile,
        patienceMs,
      });
      const answers = untilAnswered(
        () => answersWith(204, `http://${loopback}:${instance.dapr.http}/v1.0/healthz/outbound`),
        { name, limitMs: readyWithinMs, exited },
      );
      return { pidFile, exited, stop, ready: answers };
    },
  };
}

function argumentsOf({ instance, identity, localConfiguration }: SidecarPartOptions): string[] {
  const configuration = join(components, 'configuration', `${instance.service}.yaml`);
  const flags: Record<string, string | number> = {
    'app-id': instance.service,
    'app-port': instance.appPort,
    'dapr-http-port': instance.dapr.http,
    'dapr-grpc-port': instance.dapr.grpc,
    'dapr-internal-grpc-port': instance.dapr.internal,
    'dapr-listen-addresses': loopback,
    'dapr-internal-grpc-listen-address': loopback,
    'metrics-port': instance.dapr.metrics,
    'metrics-listen-address': loopback,
    'resources-path': components,
    // An app that is away for a while gets no events, and so none of them comes to the end of its retries.
    'app-health-check-path': '/healthz',
    'app-health-probe-interval': 2,
    'app-health-probe-timeout': 1_900,
    'app-health-threshold': 3,
    // More than the largest upload that the gateway lets in; the default is 4 MiB.
    'max-body-size': '16Mi',
    // A token and a traceparent are more than the default of 4 KiB leaves room for.
    'read-buffer-size': '16Ki',
    'dapr-graceful-shutdown-seconds': 5,
    ...identity.args,
  };
  return [
    ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    ...(existsSync(configuration) ? [`--config=${configuration}`] : []),
    `--config=${localConfiguration}`,
    '--enable-app-health-check',
    '--log-as-json',
  ];
}
