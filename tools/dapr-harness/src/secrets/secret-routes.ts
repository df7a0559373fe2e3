import type { FamilyEnv } from '../api/component-family.ts';
import { DaprError } from '../api/http.ts';
import type { ApiRoute } from '../api/http.ts';
import { messageOf } from '../message-of.ts';
import { isSecretAllowed } from './secret-scopes.ts';
import type { SecretStore } from './secret-store.ts';

/** The secrets API over a sidecar's stores. */
export function secretRoutes(stores: ReadonlyMap<string, SecretStore>, env: FamilyEnv): ApiRoute[] {
  const storeNamed = (name: string): SecretStore => {
    const store = stores.get(name);
    if (!store) throw stores.size === 0 ? notConfigured() : notFound(name);
    return store;
  };
  const ask = <T>(name: string, question: () => T): Promise<T> =>
    env.resiliency.run({ kind: 'component', type: 'Secretstore', name, direction: 'outbound' }, async () => question());

  const getBulk: ApiRoute = {
    methods: ['GET'],
    pattern: '/v1.0/secrets/:store/bulk',
    handle: async (_request, { store = '' }) => {
      const asked = storeNamed(store);
      const secrets = await ask(store, () => asked.getAll()).catch((error: unknown) => {
        throw getFailed(`failed getting secrets from secret store ${store}`, error);
      });
      const allowed = Object.entries(secrets).filter(([name]) => isSecretAllowed(env.configuration, store, name));
      return { status: 200, body: Object.fromEntries(allowed) };
    },
  };

  const getOne: ApiRoute = {
    methods: ['GET'],
    pattern: '/v1.0/secrets/:store/:name',
    handle: async (_request, { store = '', name = '' }) => {
      const asked = storeNamed(store);
      if (!isSecretAllowed(env.configuration, store, name)) throw denied(store, name);
      const secret = await ask(store, () => asked.get(name)).catch((error: unknown) => {
        throw getFailed(`failed getting secret with key ${name} from secret store ${store}`, error);
      });
      return { status: 200, body: secret };
    },
  };

  return [getBulk, getOne];
}

function notConfigured(): DaprError {
  return new DaprError(500, 'ERR_SECRET_STORES_NOT_CONFIGURED', 'secret store is not configured');
}

function notFound(store: string): DaprError {
  return new DaprError(401, 'ERR_SECRET_STORE_NOT_FOUND', `failed finding secret store with key ${store}`);
}

function denied(store: string, name: string): DaprError {
  const message = `access denied by policy to get ${JSON.stringify(name)} from ${JSON.stringify(store)}`;
  return new DaprError(403, 'ERR_PERMISSION_DENIED', message);
}

function getFailed(what: string, error: unknown): DaprError {
  return new DaprError(500, 'ERR_SECRET_GET', `${what}: ${messageOf(error)}`);
}
