import type { Tree } from '../read-tree.ts';
import { serviceNames } from '../service-shape.ts';
import { operationsOf } from './calls-in-code.ts';

/** An access-control list of Dapr: who may call an app, and what of it. */
export type AccessList = {
  defaultAction: 'deny';
  trustDomain: string;
  policies: AccessPolicy[];
};

type AccessPolicy = {
  appId: string;
  namespace: string;
  trustDomain: string;
  defaultAction: 'deny';
  operations: { name: string; httpVerb: string[]; action: 'allow' }[];
};

/** As sidecars on one machine name themselves; a cluster puts its own namespace here. */
const IDENTITY = { namespace: 'default', trustDomain: 'public' };

/** The access list of a service as the code of its callers needs it. An operation also holds for what is below its path. */
export function accessListOf(tree: Tree, service: string): AccessList {
  const policies = serviceNames(tree).flatMap((caller): AccessPolicy[] => {
    const operations = operationsOf(tree, caller)
      .filter(({ app }) => app === service)
      .map(({ path, verbs }) => ({ name: path, httpVerb: [...verbs], action: 'allow' as const }));
    return operations.length === 0 ? [] : [{ appId: caller, ...IDENTITY, defaultAction: 'deny', operations }];
  });
  return { defaultAction: 'deny', trustDomain: IDENTITY.trustDomain, policies };
}
