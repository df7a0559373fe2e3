import { randomBytes } from 'node:crypto';
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
};

const loopback = '127.0.0.1';
const firstInspectPort = 9229;

/** Decides what runs and on which ports. */
export async function planInstances({ services, options, edge }: PlanOptions): Promise<Instance[]> {
  const takePort = createPorts();
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

const lowest = 4_000;
const highest = 9_000;

/**
 * Gives ports one after the other from 4000 on, as far as they are free, so that a platform has much the same ones each time.
 * They are below those that the system gives to outgoing connections, any of which could take one in between.
 */
function createPorts(): (from?: number) => Promise<number> {
  const given = new Set<number>();
  return async (from = lowest) => {
    for (let port = from; port < highest + from; port++) {
      if (given.has(port) || !(await isPortFree(port))) continue;
      given.add(port);
      return port;
    }
    throw new Error('no port is free');
  };
}
