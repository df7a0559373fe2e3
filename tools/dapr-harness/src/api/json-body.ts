import { decodeGoJson } from '../go-json/decode.ts';
import type { GoType } from '../go-json/decode.ts';
import { messageOf } from '../message-of.ts';
import { DaprError } from './http.ts';
import type { ApiRequest } from './http.ts';

const IN_A_BODY = 'failed deserializing HTTP body: ';

/**
 * The body of a request as a Go type.
 * @param prefix what the error says before the reason.
 * @throws DaprError 400 ERR_MALFORMED_REQUEST for a body that is too large, no JSON or of another type.
 */
export async function readJsonBody<T>(request: ApiRequest, type: GoType<T>, prefix = IN_A_BODY): Promise<T> {
  try {
    return decodeGoJson(await request.body(), type);
  } catch (error) {
    throw new DaprError(400, 'ERR_MALFORMED_REQUEST', `${prefix}${messageOf(error)}`);
  }
}
