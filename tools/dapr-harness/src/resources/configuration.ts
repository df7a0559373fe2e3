import type { Resource } from './resource.ts';

/** Secrets of one store that an app may read (`spec.secrets.scopes`). */
export type SecretScope = {
  storeName: string;
  defaultAccess: 'allow' | 'deny';
  allowedSecrets: readonly string[];
  deniedSecrets: readonly string[];
};

/** One operation of an access-control list: a path (`/a/*` one segment, `/a/**` all below), its verbs, `allow` or `deny`. */
export type AccessOperation = { name: string; httpVerb?: readonly string[]; action: string };

/** What the access-control list says of one caller. Empty strings where the file says nothing. */
export type AccessPolicy = {
  appId: string;
  namespace: string;
  trustDomain: string;
  defaultAction: string;
  operations: readonly AccessOperation[];
};

export type AccessControl = { defaultAction: string; trustDomain: string; policies: readonly AccessPolicy[] };

/** A rule of `spec.api.allowed` or `spec.api.denied`, e.g. `{ name: 'state', version: 'v1.0', protocol: 'http' }`. */
export type ApiRule = { name: string; version: string; protocol: string };

/** The parts of a Dapr `Configuration` that the harness acts on. */
export type Configuration = {
  name: string;
  secretScopes: readonly SecretScope[];
  accessControl: AccessControl | undefined;
  apiAllowed: readonly ApiRule[];
  apiDenied: readonly ApiRule[];
  enabledFeatures: readonly string[];
};

const DEFAULT_FEATURES: readonly string[] = ['HotReload', 'WorkflowsRemoteActivityReminder'];

/** What holds when an app names no configuration. */
const DEFAULT_CONFIGURATION: Configuration = {
  name: '',
  secretScopes: [],
  accessControl: undefined,
  apiAllowed: [],
  apiDenied: [],
  enabledFeatures: DEFAULT_FEATURES,
};

/** The Configuration that an app names. Throws when there is none of that name. */
export function findConfiguration(resources: readonly Resource[], name: string | undefined): Configuration {
  if (name === undefined) return DEFAULT_CONFIGURATION;
  const found = resources.find(({ kind, metadata }) => kind === 'Configuration' && metadata.name === name);
  if (!found) throw new Error(`no Configuration is named ${name}`);
  return parseConfiguration(found);
}

type ConfigurationSpec = {
  secrets?: { scopes?: Partial<SecretScope>[] };
  accessControl?: { defaultAction?: string; trustDomain?: string; policies?: Partial<AccessPolicy>[] };
  api?: { allowed?: Partial<ApiRule>[]; denied?: Partial<ApiRule>[] };
  features?: { name: string; enabled: boolean }[];
};

function parseConfiguration(resource: Resource): Configuration {
  const spec = (resource.spec ?? {}) as ConfigurationSpec;
  return {
    name: resource.metadata.name,
    secretScopes: (spec.secrets?.scopes ?? []).map(asSecretScope),
    accessControl: asAccessControl(spec.accessControl),
    apiAllowed: (spec.api?.allowed ?? []).map(asApiRule),
    apiDenied: (spec.api?.denied ?? []).map(asApiRule),
    enabledFeatures: enabledFeatures(spec.features ?? []),
  };
}

/** Those that daprd 1.18 has on by default, and what the file says. */
function enabledFeatures(features: readonly { name: string; enabled: boolean }[]): string[] {
  const enabled = new Set(DEFAULT_FEATURES);
  for (const { name, enabled: isEnabled } of features) {
    if (isEnabled) enabled.add(name);
    else enabled.delete(name);
  }
  return [...enabled].sort();
}

function asSecretScope(scope: Partial<SecretScope>): SecretScope {
  return {
    storeName: scope.storeName ?? '',
    defaultAccess: String(scope.defaultAccess).toLowerCase() === 'deny' ? 'deny' : 'allow',
    allowedSecrets: scope.allowedSecrets ?? [],
    deniedSecrets: scope.deniedSecrets ?? [],
  };
}

function asApiRule(rule: Partial<ApiRule>): ApiRule {
  return { name: rule.name ?? '', version: rule.version ?? '', protocol: rule.protocol ?? '' };
}

/** A list without a default allows, as daprd's own configuration does. */
function asAccessControl(spec: ConfigurationSpec['accessControl']): AccessControl | undefined {
  if (!spec) return undefined;
  const { defaultAction, trustDomain, policies = [] } = spec;
  return {
    defaultAction: defaultAction || 'allow',
    trustDomain: trustDomain || 'public',
    policies: policies.map(asAccessPolicy),
  };
}

function asAccessPolicy(policy: Partial<AccessPolicy>): AccessPolicy {
  const { appId = '', namespace = '', trustDomain = '', defaultAction = '', operations = [] } = policy;
  if (appId === '' || namespace === '' || trustDomain === '') {
    throw new Error(`invalid access control policy for ${appId}: appId, namespace and trustDomain are required`);
  }
  return { appId, namespace, trustDomain, defaultAction, operations };
}
