import { randomBytes, randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { AnyService } from '@commons/platform';
import { isPortFree } from '../processes/free-port.ts';
import type { LocalOptions } from './options.ts';

/** One replica of a service, and where it and its sidecar listen; both stay as they are until the platform stops. */
export type Instance = {
  /** `post`, and `post-2` for a second one. */
  name: string;
  service: string;
  replica: number;
  isEdge: boolean;
  host: string;
  appPort: number;
  /** Ports of the sidecar: for its app, by HTTP and by gRPC; for other sidecars; and for metrics. */
  dapr: { http: number; grpc: number; internal: number; metrics: number };
  /** Where a debugger attaches. */
  inspectPort: number | undefined;
  /** What the sidecar proves itself with to its app, and the app to its sidecar; new at each start. */
  appApiToken: string;
  daprApiToken: string;
};

export type PlanOptions = {
  services: readonly AnyService[];
  options: Pick<LocalOptions, 'only' | 'replicas' | 'inspect'>;
  /** Where the first replica of the service that faces outside listens; port 0 takes a free one. */
  edge: { host: string; port: number };
  /** Names the port from which ports are given, so that a data folder has much the same ones each time. */
  portFile: string;
};

const loopback = '127.0.0.1';
const firstInspectPort = 9229;

/** Decides what runs and on which ports. */
export async function planInstances({ services, options, edge, portFile }: PlanOptions): Promise<Instance[]> {
  const takePort = createPorts(await firstPort(portFile));
  const instances: Instance[] = [];
  for (const { name: service, isEdge = false } of services) {
    if (options.only.length > 0 && !options.only.includes(service)) continue;
    for (let replica = 0; replica < (options.replicas.get(service) ?? 1); replica++) {
      const isFront = isEdge && replica === 0;
      instances.push({
        name: replica === 0 ? service : `${service}-${replica + 1}`,
        service,
        replica,
        isEdge,
        host: isFront ? edge.host : loopback,
        appPort: isFront && edge.port !== 0 ? edge.port : await takePort(),
        dapr: { http: await takePort(), grpc: await takePort(), internal: await takePort(), metrics: await takePort() },
        inspectPort: options.inspect.includes(service) ? await takePort(firstInspectPort) : undefined,
        appApiToken: randomBytes(32).toString('hex'),
        daprApiToken: randomBytes(32).toString('hex'),
      });
    }
  }
  return instances;
}

/**
 * Below those that systems give to outgoing connections, and apart from those of the backends, which choose theirs after these: else
 * one could be taken before it is listened on.
 */
const lowest = 10_000;
const highest = 19_000;
const block = 100;

/** Where a folder's ports begin: chosen once, at random, so that platforms which start at the same time do not meet. */
async function firstPort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => '0'));
  if (kept >= lowest && kept < highest) return kept;
  const chosen = randomInt(lowest / block, highest / block) * block;
  await writeFile(file, String(chosen));
  return chosen;
}

/** Gives ports one after the other, as far as they are free. */
function createPorts(first: number): (from?: number) => Promise<number> {
  const given = new Set<number>();
  return async (from = first) => {
    for (let port = from; port < from + block * block; port++) {
      if (given.has(port) || !(await isPortFree(port))) continue;
      given.add(port);
      return port;
    }
    throw new Error(`none of the ports from ${from} on is free`);
  };
}
