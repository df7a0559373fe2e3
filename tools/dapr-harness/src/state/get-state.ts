import { DaprError } from '../api/http.ts';
import type { ApiAnswer } from '../api/http.ts';
import { messageOf } from '../message-of.ts';
import { checkedKey, onStore } from './store-access.ts';
import type { StateCall } from './state-routes.ts';

/** `GET /v1.0/state/:store/:key`: the value as it was saved, or 204. */
export async function getState(call: StateCall): Promise<ApiAnswer> {
  const { params, open } = call;
  const key = params['key'] ?? '';
  const storeKey = checkedKey(open, key);

  const state = await onStore(call, () => open.store.get(storeKey)).catch((error: unknown) => {
    throw new DaprError(500, 'ERR_STATE_GET', `fail to get ${key} from state store ${open.name}: ${messageOf(error)}`);
  });

  if (!state) return { status: 204 };
  const headers: Record<string, string> = { etag: state.etag };
  for (const [name, value] of Object.entries(state.metadata)) headers[`metadata.${name}`] = value;
  return { status: 200, headers, body: state.json };
}
