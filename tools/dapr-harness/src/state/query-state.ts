import { DaprError } from '../api/http.ts';
import type { ApiAnswer } from '../api/http.ts';
import { goAny, unmarshalGoJson } from '../go-json/decode.ts';
import { messageOf } from '../message-of.ts';
import { queryFailed, queryUnsupported } from './state-errors.ts';
import type { StateCall } from './state-routes.ts';

/** `POST /v1.0-alpha1/state/:store/query`: no store of the harness can be queried, and each says so as Dapr's does. */
export async function queryState({ request, open }: StateCall): Promise<ApiAnswer> {
  if (open.store.queryFailure === undefined) throw queryUnsupported(open.name);
  const body = await request.body().catch((error: unknown) => {
    throw new DaprError(400, 'ERR_BODY_READ', `failed to read request body: ${messageOf(error)}`);
  });
  try {
    unmarshalGoJson(body, goAny);
  } catch (error) {
    throw queryFailed(open.name, `failed to parse JSON query body: ${messageOf(error)}`);
  }
  throw queryFailed(open.name, open.store.queryFailure);
}
