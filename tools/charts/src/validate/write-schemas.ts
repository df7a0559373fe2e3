import { mkdir, mkdtemp, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { definedBy, definitionsOf, moduleFolder } from './definitions.ts';
import { strictSchema, type Schema } from './json-schema.ts';

export const KUBERNETES_VERSION = '1.34.2';

type Kind = { group: string; version: string; kind: string };
type OpenApi = { definitions: Record<string, Schema & { 'x-kubernetes-group-version-kind'?: Kind[] }> };
type Definition = {
  kind: string;
  spec: { group: string; names: { kind: string }; versions: { name: string; schema: { openAPIV3Schema: Schema } }[] };
};

/**
 * Writes a JSON schema for each kind of Kubernetes, Dapr, KEDA and the Prometheus operator, from their sources as Go modules, into
 * `target`, which holds either nothing or all of them.
 */
export async function writeSchemas(target: string): Promise<void> {
  console.error('writing the schemas of Kubernetes: a minute, once');
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(`${target}.part-`);
  await writeKubernetes(folder);
  for (const whose of definedBy) {
    const source = await definitionsOf(whose);
    for (const file of (await readdir(source)).filter((name) => name.endsWith('.yaml'))) {
      const documents = parseAllDocuments(await readFile(join(source, file), 'utf8'));
      for (const document of documents) await writeDefinition(folder, document.toJS() as Definition | null);
    }
  }
  await rename(folder, target);
}

async function writeKubernetes(folder: string): Promise<void> {
  const source = join(
    await moduleFolder(`k8s.io/kubernetes@v${KUBERNETES_VERSION}`),
    'api',
    'openapi-spec',
    'swagger.json',
  );
  const all = (JSON.parse(await readFile(source, 'utf8')) as OpenApi).definitions;
  const strict = Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, definitionOf(name, schema)]));
  await writeFile(join(folder, '_definitions.json'), JSON.stringify({ definitions: strict }));
  for (const [name, { 'x-kubernetes-group-version-kind': kinds = [] }] of Object.entries(all)) {
    for (const kind of kinds) await write(folder, kind, { $ref: `_definitions.json#/definitions/${name}` });
  }
}

/** An amount is a string in the document, and a number is taken as well. */
function definitionOf(name: string, schema: Schema): Schema {
  return name.endsWith('.api.resource.Quantity') ? { type: ['string', 'number'] } : strictSchema(schema);
}

async function writeDefinition(folder: string, definition: Definition | null): Promise<void> {
  if (definition?.kind !== 'CustomResourceDefinition') return;
  const { group, names, versions } = definition.spec;
  for (const { name, schema } of versions) {
    const { properties = {}, ...rest } = strictSchema(schema.openAPIV3Schema) as { properties?: Schema };
    const whole = { ...rest, properties: { ...properties, metadata: { type: 'object' } } };
    await write(folder, { group, version: name, kind: names.kind }, whole);
  }
}

/** Under the name by which kubeconform asks for it. */
function write(folder: string, { group, version, kind }: Kind, schema: Schema): Promise<void> {
  const name = [kind, group.split('.')[0], version].filter(Boolean).join('-').toLowerCase();
  return writeFile(join(folder, `${name}.json`), JSON.stringify(schema));
}
