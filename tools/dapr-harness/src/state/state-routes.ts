import type { ApiAnswer, ApiRequest, ApiRoute } from '../api/http.ts';
import type { FamilyEnv } from '../api/component-family.ts';
import { bulkGet } from './bulk-get.ts';
import { deleteState } from './delete-state.ts';
import { getState } from './get-state.ts';
import type { OpenStore } from './open-store.ts';
import { queryState } from './query-state.ts';
import { saveState } from './save-state.ts';
import { storeNotFound, storesNotConfigured } from './state-errors.ts';
import { transact } from './transact.ts';

/** What a handler of the state API gets beside the request. */
export type StateCall = { request: ApiRequest; params: Record<string, string>; open: OpenStore; env: FamilyEnv };

/** The state API over a sidecar's stores. */
export function stateRoutes(stores: ReadonlyMap<string, OpenStore>, env: FamilyEnv): ApiRoute[] {
  const route = (
    methods: string[],
    pattern: string,
    handle: (call: StateCall) => Promise<ApiAnswer>,
    namesApp = true,
  ): ApiRoute => ({
    methods,
    pattern,
    handle: async (request, params) => {
      const name = params['store'] ?? '';
      const open = stores.get(name);
      const appId = namesApp ? env.appId : undefined;
      if (!open) throw stores.size === 0 ? storesNotConfigured(name, appId) : storeNotFound(name, appId);
      return handle({ request, params, open, env });
    },
  });

  return [
    route(['POST', 'PUT'], '/v1.0/state/:store', saveState),
    route(['POST', 'PUT'], '/v1.0/state/:store/bulk', bulkGet),
    route(['POST', 'PUT'], '/v1.0/state/:store/transaction', transact),
    route(['GET'], '/v1.0/state/:store/:key', getState),
    route(['DELETE'], '/v1.0/state/:store/:key', deleteState),
    route(['POST', 'PUT'], '/v1.0-alpha1/state/:store/query', queryState, false),
  ];
}
