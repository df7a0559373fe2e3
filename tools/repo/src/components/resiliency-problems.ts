import { parse } from 'yaml';
import type { Tree } from '../read-tree.ts';
import { serviceNames } from '../service-shape.ts';
import { isEventComponent } from './event-components.ts';

type Policies = { timeout?: string; retry?: string };
type Targets = { apps?: Record<string, Policies>; components?: Record<string, { inbound?: Policies }> };
type Resiliency = { spec?: { targets?: Targets } } | null;

/** The policies of the services' sidecars, and of the gateway's. */
const RESILIENCY_PATHS: readonly string[] = ['components/resiliency.yaml', 'components/resiliency-gateway.yaml'];

/** Which component would give up an event that cannot be handled at once. */
function deliveryProblems(tree: Tree): string[] {
  const [path = ''] = RESILIENCY_PATHS;
  const targets = (parse(tree.get(path) ?? '') as Resiliency)?.spec?.targets?.components ?? {};
  return [...tree.keys()].filter(isEventComponent).flatMap((file) => {
    const name = file.slice('components/'.length, -'.yaml'.length);
    const { timeout, retry } = targets[name]?.inbound ?? {};
    const isComplete = timeout !== undefined && (retry !== undefined || name.startsWith('broadcast-'));
    return isComplete ? [] : [`${path} does not say how long ${name} tries to deliver an event; add it as a target.`];
  });
}

/** Which service is called without a limit, or with retries that could run a request twice. The gateway is called by none. */
export function resiliencyProblems(tree: Tree): string[] {
  const services = serviceNames(tree).filter((name) => name !== 'gateway');
  const ofApps = RESILIENCY_PATHS.flatMap((path) => {
    const apps = (parse(tree.get(path) ?? '') as Resiliency)?.spec?.targets?.apps ?? {};
    return [
      ...services
        .filter((name) => apps[name]?.timeout === undefined)
        .map((name) => `${path} has no timeout for ${name}; add it as a target, or calls to it wait for ever.`),
      ...Object.keys(apps)
        .filter((name) => !services.includes(name))
        .map((name) => `${path} has the target ${name}, which is no service; take it out.`),
      ...Object.keys(apps)
        .filter((name) => apps[name]?.retry !== undefined)
        .map((name) => `${path} repeats calls to ${name}: a POST could run twice; take the retry out.`),
    ];
  });
  return [...ofApps, ...deliveryProblems(tree)];
}
