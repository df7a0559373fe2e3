import type { Tree } from '../src/read-tree.ts';

/** A repository of two services, `gateway` (without routes of its own) and `ledger`, that are as every service is. */
export function smallRepository(): Tree {
  return new Map([
    ['tsconfig.json', '{ "references": [{ "path": "services/gateway" }, { "path": "services/ledger" }] }'],
    ['tools/launcher/package.json', '{ "dependencies": { "@commons/gateway": "0.1.0", "@commons/ledger": "0.1.0" } }'],
    [
      'tools/launcher/tsconfig.json',
      '{ "references": [{ "path": "../../services/gateway" }, { "path": "../../services/ledger" }] }',
    ],
    [
      'tools/launcher/src/services.ts',
      "import { service as gateway } from '@commons/gateway';\nimport { service as ledger } from '@commons/ledger';\n\nexport const services = [ledger, gateway];\n",
    ],
    ...components(),
    [
      'charts/commons/Chart.yaml',
      'dependencies:\n  - name: ledger\n    version: 0.1.0\n    repository: file://../ledger\n    condition: ledger.enabled\n',
    ],
    ...innerLoop(),
    [
      'services/shared/platform/package.json',
      '{ "name": "@commons/platform", "dependencies": { "mongoose": "9", "zod": "4" } }',
    ],
    ['services/shared/platform/anything/At_All.ts', ''],
    ...serviceFiles('gateway'),
    ['services/gateway/src/domain/route-table.ts', "const ROUTES = [\n  ['/api/ledgers', 'ledger'],\n];\n"],
    ...serviceFiles('ledger'),
    ['services/ledger/src/routes/index.ts', ''],
    ['services/ledger/src/subscriptions/index.ts', ''],
    ['services/ledger/src/subscriptions/on-user-deleted.ts', ''],
    ['services/ledger/src/use-cases/add-entry.ts', 'export async function addEntry() {}'],
  ]);
}

/** How services are run from sources on a cluster. */
function innerLoop(): [path: string, text: string][] {
  const names = ['gateway', 'ledger'];
  const artifacts = names.map((name) => ({
    image: `commons/${name}`,
    docker: { target: 'dev', buildArgs: { SERVICE: name } },
    sync: { manual: [] },
  }));
  const values = names.map((name) => {
    const image = `commons_${name}`;
    const tag = `{{ .IMAGE_TAG_${image} }}@{{ .IMAGE_DIGEST_${image} }}`;
    return [name, { image: { name: `{{ base .IMAGE_REPO_${image} }}`, tag } }] as const;
  });
  const releases = [{ setValueTemplates: { global: {}, ...Object.fromEntries(values) } }];
  return [
    ['skaffold.yaml', JSON.stringify({ build: { artifacts }, manifests: { helm: { releases } } }, null, 2)],
    ['tilt/services.star', "SERVICES = [\n    'gateway',\n    'ledger',\n]\n"],
  ];
}

/** What sidecars have: the gateway passes requests on to the ledger. */
function components(): [path: string, text: string][] {
  const targets = 'spec:\n  targets:\n    apps:\n      ledger:\n        timeout: invocation\n';
  const gateway = `
      - appId: gateway
        namespace: default
        trustDomain: public
        defaultAction: deny
        operations:
          - name: /api/ledgers
            httpVerb: ['*']
            action: allow`;
  return [
    ['components/pubsub.yaml', 'scopes:\n  - ledger\n'],
    ['components/secretstore.yaml', 'scopes:\n  - ledger\n'],
    ['components/resiliency.yaml', `${targets}scopes:\n  - ledger\n`],
    ['components/resiliency-gateway.yaml', `${targets}scopes:\n  - gateway\n`],
    ['components/configuration/gateway.yaml', configuration(' []')],
    ['components/configuration/ledger.yaml', configuration(gateway)],
  ];
}

const configuration = (policies: string): string => `# Kept as it is.
spec:
  accessControl:
    defaultAction: deny
    trustDomain: public
    policies:${policies}
`;

/** The same tree, with some files put in (or, where the text is undefined, taken out). */
export function changed(tree: Tree, changes: Record<string, string | undefined>): Tree {
  const result = new Map(tree);
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) result.delete(path);
    else result.set(path, text);
  }
  return result;
}

function serviceFiles(name: string): [path: string, text: string][] {
  const manifest = {
    name: `@commons/${name}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: { '.': { source: './src/service.ts', default: './dist/src/service.js' } },
    scripts: { start: 'node --conditions=source src/main.ts' },
    dependencies: {},
  };
  const files = ['README.md', 'src/main.ts', 'src/service.ts', 'src/config.ts', 'src/context.ts', 'tests/a.test.ts'];
  return [
    [`services/${name}/package.json`, JSON.stringify(manifest, null, 2)],
    [`services/${name}/tsconfig.json`, '{}'],
    ...files.map((file): [string, string] => [`services/${name}/${file}`, '']),
  ];
}
