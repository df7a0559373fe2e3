import type { Tree } from '../src/read-tree.ts';

/** A repository of one service, `ledger`, that is as every service is. */
export function ledgerRepository(): Map<string, string> {
  return new Map([
    ['tsconfig.json', '{ "references": [{ "path": "services/ledger" }] }'],
    ['tools/launcher/package.json', '{ "dependencies": { "@commons/ledger": "0.1.0" } }'],
    ['tools/launcher/tsconfig.json', '{ "references": [{ "path": "../../services/ledger" }] }'],
    ['tools/launcher/src/services.ts', "import { service } from '@commons/ledger';"],
    ['services/shared/platform/anything/At_All.ts', ''],
    ['services/ledger/package.json', ledgerManifest()],
    ['services/ledger/tsconfig.json', '{}'],
    ['services/ledger/README.md', '# ledger'],
    ['services/ledger/src/main.ts', ''],
    ['services/ledger/src/service.ts', ''],
    ['services/ledger/src/config.ts', ''],
    ['services/ledger/src/context.ts', ''],
    ['services/ledger/src/routes/index.ts', ''],
    ['services/ledger/src/subscriptions/index.ts', ''],
    ['services/ledger/src/subscriptions/on-user-deleted.ts', ''],
    ['services/ledger/src/use-cases/add-entry.ts', 'export async function addEntry() {}'],
    ['services/ledger/tests/add-entry.test.ts', ''],
  ]);
}

/** The same tree, with some files put in (or, where the text is undefined, taken out). */
export function changed(tree: Tree, changes: Record<string, string | undefined>): Tree {
  const result = new Map(tree);
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) result.delete(path);
    else result.set(path, text);
  }
  return result;
}

function ledgerManifest(): string {
  return JSON.stringify({
    name: '@commons/ledger',
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: { '.': { source: './src/service.ts', default: './dist/src/service.js' } },
    scripts: { start: 'node --conditions=source src/main.ts' },
    dependencies: {},
  });
}
