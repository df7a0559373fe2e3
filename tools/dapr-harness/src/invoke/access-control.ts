import type { AccessControl, AccessOperation, AccessPolicy } from '../resources/configuration.ts';

/** The caller as its certificate would name it. */
export type CallerIdentity = { appId: string; namespace: string; trustDomain: string };

/** Judges a call by the callee's access-control list; gives the reason of a refusal, undefined when the call may pass. */
export type AccessCheck = (caller: CallerIdentity, method: string, verb: string) => string | undefined;

export function createAccessCheck(accessControl: AccessControl | undefined): AccessCheck {
  if (!accessControl) return () => undefined;
  const rules = new Map(accessControl.policies.map((policy) => [keyOf(policy), compilePolicy(policy)]));
  return (caller, method, verb) => {
    const rule = rules.get(keyOf(caller));
    const isJudged = rule?.trustDomain === caller.trustDomain;
    const action = isJudged ? rule.actionOf(method, verb, accessControl.defaultAction) : accessControl.defaultAction;
    if (action.toLowerCase() === 'allow') return undefined;
    const id = `spiffe://${caller.trustDomain}/ns/${caller.namespace}/${caller.appId}`;
    return `access control policy has denied access to id: ${id} operation: ${method} verb: ${verb}`;
  };
}

type CompiledPolicy = { trustDomain: string; actionOf(method: string, verb: string, defaultAction: string): string };

function keyOf({ appId, namespace }: { appId: string; namespace: string }): string {
  return `${appId}||${namespace}`;
}

function compilePolicy(policy: AccessPolicy): CompiledPolicy {
  const root: TrieNode = { part: '/', children: [] };
  for (const operation of policy.operations) insert(root, operation);
  return {
    trustDomain: policy.trustDomain,
    actionOf: (method, verb, defaultAction) => {
      const standard = policy.defaultAction || defaultAction;
      const operation = search(root, partsOf(method));
      const isNamed = operation?.httpVerb?.some((named) => named === verb || named === '*');
      return operation && isNamed ? operation.action : standard;
    },
  };
}

type TrieNode = { part: string; operation?: AccessOperation; children: TrieNode[] };

/** The parts of a path in lower case, each with its slash, e.g. `/a`, `/b`. */
function partsOf(path: string): string[] {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return rooted
    .toLowerCase()
    .split('/')
    .slice(1)
    .map((part) => `/${part}`);
}

function insert(root: TrieNode, operation: AccessOperation): void {
  let node = root;
  for (const part of partsOf(operation.name)) {
    let child = node.children.find((candidate) => candidate.part === part);
    if (!child) node.children.push((child = { part, children: [] }));
    node = child;
  }
  node.operation ??= operation;
}

/** As daprd walks its trie: an operation also holds for what is below it, except one that ends in a single star. */
function search(root: TrieNode, parts: readonly string[]): AccessOperation | undefined {
  let node: TrieNode | undefined = root;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    node = findChild(node, part, isLast);
    if (!node) return undefined;
    if (node.operation && (isLast || node.part !== '/*')) return node.operation;
    if (isLast) return findChild(node, '/*', true)?.operation;
  }
  return undefined;
}

function findChild({ children }: TrieNode, part: string, isLast: boolean): TrieNode | undefined {
  return children.find((child) => {
    if (child.part === '/*') return isLast || part === '/*';
    return child.part === part || isGlobMatch(child.part, part);
  });
}

function isGlobMatch(glob: string, part: string): boolean {
  if (!glob.includes('*')) return false;
  const pattern = glob.split(/\*+/).map((text) => text.replace(/[$()+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`, 's').test(part);
}
