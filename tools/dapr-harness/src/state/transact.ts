import { DaprError } from '../api/http.ts';
import type { ApiAnswer } from '../api/http.ts';
import { readJsonBody } from '../api/json-body.ts';
import { readOperationRequest } from './operation-request.ts';
import { requestMetadata } from '../api/request-metadata.ts';
import { messageOf } from '../message-of.ts';
import { transactionRequest } from './state-bodies.ts';
import { malformedRequest } from './state-errors.ts';
import type { StateCall } from './state-routes.ts';
import type { SetRequest, StateOperation } from './state-store.ts';
import { checkedKey, onStore } from './store-access.ts';

/** `POST /v1.0/state/:store/transaction`: `{ operations: [{ operation: 'upsert' | 'delete', request }] }`. */
export async function transact(call: StateCall): Promise<ApiAnswer> {
  const { request, open } = call;
  const { operations } = await readJsonBody(request, transactionRequest);
  if (operations.length === 0) return { status: 204 };

  const metadata = requestMetadata(request.query);
  const prefixed = operations.map(({ operation, request: item }): StateOperation => {
    if (operation !== 'upsert' && operation !== 'delete') throw unsupportedOperation(operation);
    const read = operationRequest(item);
    const key = checkedKey(open, read.key, false);
    return { operation, request: { ...read, key, metadata: { ...read.metadata, ...metadata } } };
  });

  await onStore(call, () => open.store.transact(prefixed)).catch((error: unknown) => {
    const message = `error while executing state transaction: ${messageOf(error)}`;
    throw new DaprError(500, 'ERR_STATE_TRANSACTION', message);
  });
  return { status: 204 };
}

function unsupportedOperation(operation: string): DaprError {
  return new DaprError(400, 'ERR_NOT_SUPPORTED_STATE_OPERATION', `operation type ${operation} not supported`);
}

function operationRequest(item: unknown): SetRequest {
  try {
    return readOperationRequest(item);
  } catch (error) {
    throw malformedRequest(`failed deserializing HTTP body: ${messageOf(error)}`);
  }
}
