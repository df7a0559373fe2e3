import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Go modules that carry the definitions of further kinds, and where in them. */
const DEFINITIONS = {
  dapr: ['github.com/dapr/dapr@v1.18.0', 'charts/dapr/crds'],
  keda: ['github.com/kedacore/keda/v2@v2.18.0', 'config/crd/bases'],
  'prometheus-operator': [
    'github.com/prometheus-operator/prometheus-operator@v0.82.2',
    'example/prometheus-operator-crd',
  ],
} as const;

export type DefinedBy = keyof typeof DEFINITIONS;

/** Whose kinds the charts ask for, beside those of Kubernetes. */
export const definedBy = Object.keys(DEFINITIONS) as DefinedBy[];

/** The folder with the definitions of somebody's kinds, as YAML; fetched by Go where it is not there yet. */
export async function definitionsOf(whose: DefinedBy): Promise<string> {
  const [module, folder] = DEFINITIONS[whose];
  return join(await moduleFolder(module), folder);
}

/** Where Go keeps the source of a module, named with its version. */
export async function moduleFolder(module: string): Promise<string> {
  const { stdout } = await run('go', ['mod', 'download', '-json', module], {
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}
