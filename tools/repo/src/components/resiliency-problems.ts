import { parse } from 'yaml';
import type { Tree } from '../read-tree.ts';
import { serviceNames } from '../service-shape.ts';

type Resiliency = { spec?: { targets?: { apps?: Record<string, { timeout?: string; retry?: string }> } } } | null;

/** The policies of the services' sidecars, and of the gateway's. */
export const RESILIENCY_PATHS: readonly string[] = ['components/resiliency.yaml', 'components/resiliency-gateway.yaml'];

/** Which service is called without a limit, or with retries that could run a request twice. The gateway is called by none. */
export function resiliencyProblems(tree: Tree): string[] {
  const services = serviceNames(tree).filter((name) => name !== 'gateway');
  return RESILIENCY_PATHS.flatMap((path) => {
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
}
