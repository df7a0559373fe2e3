import { isSeq, parseDocument, type Document } from 'yaml';
import type { Tree } from '../read-tree.ts';
import { configurationFiles } from './configuration-files.ts';

/** What every service uses, and by what its sidecar bears failures. */
const OF_EVERY_SERVICE = ['pubsub', 'secretstore', 'resiliency'];

/**
 * The files of components/ with a new service in them, whose code is in the tree already: in the scopes of what every service uses, a
 * target of the policies of whoever calls it, with a Configuration of its own, and on the access lists of those whom it calls.
 */
export function registerComponents(tree: Tree, name: string): Map<string, string> {
  const files = new Map<string, string>();
  const edit = (component: string, change: (document: Document) => void): void => {
    const path = `components/${component}.yaml`;
    const document = parseDocument(files.get(path) ?? tree.get(path) ?? '');
    change(document);
    files.set(path, document.toString({ lineWidth: 0 }));
  };
  for (const component of OF_EVERY_SERVICE) edit(component, (document) => addScope(document, name));
  edit('resiliency', (document) => addTarget(document, name, { timeout: 'invocation', circuitBreaker: 'unlikely' }));
  edit('resiliency-gateway', (document) => addTarget(document, name, { timeout: 'invocation' }));
  for (const [path, text] of configurationFiles(tree)) if (text !== tree.get(path)) files.set(path, text);
  return files;
}

function addScope(document: Document, name: string): void {
  const scopes = document.get('scopes');
  if (isSeq(scopes)) scopes.add(name);
  else document.set('scopes', document.createNode([name]));
}

function addTarget(document: Document, name: string, policies: Record<string, string>): void {
  document.setIn(['spec', 'targets', 'apps', name], document.createNode(policies));
}
