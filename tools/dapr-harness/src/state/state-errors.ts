import { DaprError } from '../api/http.ts';
import type { ErrorDetail } from '../api/http.ts';

const TYPES = 'type.googleapis.com/google.rpc.';

/** A body that is not what the route takes. */
export function malformedRequest(message: string): DaprError {
  return new DaprError(400, 'ERR_MALFORMED_REQUEST', message);
}

export function storeNotFound(store: string, appId: string | undefined): DaprError {
  const details = [errorInfo('DAPR_STATE_NOT_FOUND', appId === undefined ? null : { appID: appId })];
  return new DaprError(400, 'ERR_STATE_STORE_NOT_FOUND', `state store ${store} is not found`, details);
}

export function storesNotConfigured(store: string, appId: string | undefined): DaprError {
  const details = [errorInfo('DAPR_STATE_NOT_CONFIGURED', appId === undefined ? null : { appID: appId })];
  return new DaprError(500, 'ERR_STATE_STORE_NOT_CONFIGURED', `state store ${store} is not configured`, details);
}

/** @param field the key as the error names it; Dapr forgets it in a transaction, and then it is left out. */
export function illegalKey(store: string, problem: string, field: string | undefined): DaprError {
  const message = `api error: code = InvalidArgument desc = ${problem}`;
  const violation = { ...(field === undefined ? {} : { field }), description: message };
  return new DaprError(400, 'ERR_MALFORMED_REQUEST', message, [
    { '@type': `${TYPES}BadRequest`, field_violations: [violation] },
    resourceInfo(store),
    errorInfo('DAPR_STATE_ILLEGAL_KEY', null),
  ]);
}

export function queryUnsupported(store: string): DaprError {
  const details = [resourceInfo(store), errorInfo('DAPR_STATE_QUERYING_NOT_SUPPORTED', null)];
  return new DaprError(500, 'ERR_STATE_STORE_NOT_SUPPORTED', 'state store does not support querying', details);
}

export function queryFailed(store: string, reason: string): DaprError {
  const details = [resourceInfo(store), errorInfo('DAPR_STATE_QUERY_FAILED', null)];
  return new DaprError(500, 'ERR_STATE_QUERY', `state store ${store} query failed: ${reason}`, details);
}

function resourceInfo(store: string): ErrorDetail {
  return { '@type': `${TYPES}ResourceInfo`, resource_type: 'state', resource_name: store, owner: '', description: '' };
}

function errorInfo(reason: string, metadata: Record<string, string> | null): ErrorDetail {
  return { '@type': `${TYPES}ErrorInfo`, reason, domain: 'dapr.io', metadata };
}
