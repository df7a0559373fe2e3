import type { Tree } from '../read-tree.ts';
import { serviceNames } from '../service-shape.ts';
import { accessListOf, type AccessList } from './access-lists.ts';
import { accessListIn, configurationPath } from './configuration-files.ts';

/** Where a service's Configuration is missing, or its access list lets others do more or less than their code does. */
export function configurationProblems(tree: Tree): string[] {
  return serviceNames(tree).flatMap((service) => {
    const path = configurationPath(service);
    const text = tree.get(path);
    if (text === undefined) return [`${path} is missing; add it: without one, everybody may call ${service}.`];
    const written = accessListIn(text) as Partial<AccessList> | undefined;
    return [...defaultProblems(written, path), ...permissionProblems(written, accessListOf(tree, service), path)];
  });
}

function defaultProblems(written: Partial<AccessList> | undefined, path: string): string[] {
  const lists = [written, ...(written?.policies ?? [])];
  if (lists.every((list) => list?.defaultAction === 'deny' && list.trustDomain === 'public')) return [];
  return [`${path} must have defaultAction: deny and trustDomain: public, for all and for every caller.`];
}

function permissionProblems(written: Partial<AccessList> | undefined, needed: AccessList, path: string): string[] {
  const allowed = permissionsOf(written);
  const used = permissionsOf(needed);
  return [
    ...used.filter((one) => !allowed.includes(one)).map((one) => `${path} must let ${one}: its code does.`),
    ...allowed.filter((one) => !used.includes(one)).map((one) => `${path} must not let ${one}: no code of it does.`),
  ];
}

/** What a list allows, a phrase each: who, by what method, what. */
function permissionsOf(list: Partial<AccessList> | undefined): string[] {
  return (list?.policies ?? []).flatMap(({ appId, namespace, operations = [] }) =>
    operations.flatMap(({ name, httpVerb = [], action }) =>
      httpVerb.map((verb) => `${appId} (of ${namespace}) ${verb} ${name}${allowedBy(action)}`),
    ),
  );
}

const allowedBy = (action: string): string => (action === 'allow' ? '' : ` by "${action}"`);
