/** Secrets of one store that an app may read (`spec.secrets.scopes`). */
export type SecretScope = {
  storeName: string;
  defaultAccess: 'allow' | 'deny';
  allowedSecrets: readonly string[];
  deniedSecrets: readonly string[];
};

export type AccessAction = 'allow' | 'deny';

/** What one operation of the access-control list says: a path, its verbs, allowed or denied. */
export type AccessOperation = { name: string; httpVerb: readonly string[]; action: AccessAction };

/** What the access-control list says of one caller. */
export type AccessPolicy = {
  appId: string;
  namespace: string;
  trustDomain: string;
  defaultAction: AccessAction | undefined;
  operations: readonly AccessOperation[];
};

export type AccessControl = {
  defaultAction: AccessAction | undefined;
  trustDomain: string;
  policies: readonly AccessPolicy[];
};

/** The parts of a Dapr `Configuration` that the harness acts on. */
export type Configuration = {
  name: string;
  secretScopes: readonly SecretScope[];
  accessControl: AccessControl | undefined;
  /** `spec.api.allowed` and `spec.api.denied`. */
  apiAllowed: readonly ApiRule[];
  apiDenied: readonly ApiRule[];
  /** Features set by `spec.features`. */
  features: Readonly<Record<string, boolean>>;
};

export type ApiRule = { name: string; version: string; protocol: string };

/** What holds when an app names no configuration. */
export const DEFAULT_CONFIGURATION: Configuration = {
  name: '',
  secretScopes: [],
  accessControl: undefined,
  apiAllowed: [],
  apiDenied: [],
  features: {},
};
