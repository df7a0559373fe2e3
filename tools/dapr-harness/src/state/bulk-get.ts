import { DaprError } from '../api/http.ts';
import type { ApiAnswer } from '../api/http.ts';
import { readJsonBody } from '../api/json-body.ts';
import { escapeHtml } from '../go-json/encode.ts';
import { messageOf } from '../message-of.ts';
import { bulkGetRequest } from './state-bodies.ts';
import { originalKey } from './state-key.ts';
import type { StateCall } from './state-routes.ts';
import type { StoredState } from './state-store.ts';
import { checkedKey, onStore } from './store-access.ts';

/** `POST /v1.0/state/:store/bulk`: `{ keys }` to a list in their order; of a missing one, its key alone. */
export async function bulkGet(call: StateCall): Promise<ApiAnswer> {
  const { request, open } = call;
  const body = await readJsonBody(request, bulkGetRequest);
  const keys = body.keys.map((key) => checkedKey(open, key));

  const states = await onStore(call, () => keys.map((key) => open.store.get(key))).catch((error: unknown) => {
    throw new DaprError(500, 'ERR_STATE_BULK_GET', messageOf(error));
  });

  const items = states.map((state, index) => itemJson(originalKey(keys[index] ?? ''), state));
  return { status: 200, body: `[${items.join(',')}]\n` };
}

/** Written by hand, because the value is JSON text already and must stay what it is. */
function itemJson(key: string, state: StoredState | undefined): string {
  const members = [`"key":${escapeHtml(JSON.stringify(key))}`];
  if (state) members.push(`"data":${escapeHtml(state.json)}`, `"etag":${JSON.stringify(state.etag)}`);
  if (state && Object.keys(state.metadata).length > 0) members.push(`"metadata":${JSON.stringify(state.metadata)}`);
  return `{${members.join(',')}}`;
}
