import { DaprError } from '../api/http.ts';
import type { ApiAnswer } from '../api/http.ts';
import { readJsonBody } from '../api/json-body.ts';
import { requestMetadata } from '../api/request-metadata.ts';
import { messageOf } from '../message-of.ts';
import { saveRequests } from './save-requests.ts';
import { setRequests } from './state-bodies.ts';
import { malformedRequest } from './state-errors.ts';
import type { StateCall } from './state-routes.ts';
import { EtagError } from './state-store.ts';
import { checkedKey } from './store-access.ts';

/** `POST /v1.0/state/:store`: saves a list of values, each for itself; metadata of the query wins over that of a value. */
export async function saveState({ request, open, env }: StateCall): Promise<ApiAnswer> {
  const requests = await readJsonBody(request, setRequests, '');
  const metadata = requestMetadata(request.query);
  const prefixed = requests.map((item) => {
    if (item.key === '') throw malformedRequest('"key" is a required field');
    return { ...item, key: checkedKey(open, item.key), metadata: { ...item.metadata, ...metadata } };
  });
  if (prefixed.length === 0) return { status: 204 };

  const policy = { resiliency: env.resiliency, storeName: open.name };
  await saveRequests(open.store, prefixed, policy).catch((error: unknown) => {
    const message = `failed saving state in state store ${open.name}: ${messageOf(error)}`;
    throw new DaprError(statusOfFailure(error), 'ERR_STATE_SAVE', message);
  });
  return { status: 204 };
}

/** 409 for somebody else's write, 400 for an etag that the store cannot have given, 500 for the rest. */
export function statusOfFailure(error: unknown): number {
  if (!(error instanceof EtagError)) return 500;
  return error.kind === 'mismatch' ? 409 : 400;
}
