import { DaprError } from '../api/http.ts';
import type { ApiAnswer } from '../api/http.ts';
import { messageOf } from '../message-of.ts';
import { requestMetadata } from '../api/request-metadata.ts';
import type { StateCall } from './state-routes.ts';
import { statusOfFailure } from './save-state.ts';
import { checkedKey, onStore } from './store-access.ts';

/** `DELETE /v1.0/state/:store/:key`, with an `If-Match` header only when the etag is that. */
export async function deleteState(call: StateCall): Promise<ApiAnswer> {
  const { params, open, request } = call;
  const key = params['key'] ?? '';
  const options = {
    concurrency: request.query.get('concurrency') ?? '',
    consistency: request.query.get('consistency') ?? '',
  };
  const deletion = {
    key: checkedKey(open, key),
    etag: request.headers['if-match'],
    metadata: requestMetadata(request.query),
    options,
  };

  await onStore(call, () => open.store.delete(deletion)).catch((error: unknown) => {
    const message = `failed deleting state with key ${key}: ${messageOf(error)}`;
    throw new DaprError(statusOfFailure(error), 'ERR_STATE_DELETE', message);
  });
  return { status: 204 };
}
