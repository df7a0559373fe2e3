import type { TiltfileRun } from './run-tiltfile.ts';

/** What we read of docker_build(). */
export interface Build {
  ref: string;
  context: string;
  dockerfile: string;
  target: string;
  build_args: Record<string, string>;
  ignore: string[];
  live_update: { is: string; paths?: string[]; local_path?: string; remote_path?: string }[];
}

/** What we read of k8s_resource(). */
export interface Resource {
  workload?: string;
  new_name?: string;
  objects: string[];
  labels: string[];
  resource_deps?: string[];
  port_forwards?: Record<string, unknown>[];
}

/** What we read of local_resource(). */
export interface Button {
  name: string;
  cmd: string[];
  labels: string[];
  auto_init: boolean;
  trigger_mode: string;
}

/** The arguments of the calls of one function, in their order. */
export function callsOf<Arguments>({ calls }: TiltfileRun, name: string): Arguments[] {
  return calls.filter((call) => call.name === name).map((call) => call.arguments as Arguments);
}

/** The name that a resource has in Tilt. */
export const nameOf = ({ workload, new_name: newName }: Resource): string => workload ?? newName ?? '';

/** The resources with something of each, by their names. */
export function byName<Value>(
  resources: readonly Resource[],
  get: (resource: Resource) => Value,
): Record<string, Value> {
  return Object.fromEntries(resources.map((resource) => [nameOf(resource), get(resource)]));
}
