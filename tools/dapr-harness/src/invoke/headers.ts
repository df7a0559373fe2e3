import type { IncomingHttpHeaders, OutgoingHttpHeader, OutgoingHttpHeaders } from 'node:http';
import { hostname } from 'node:os';
import { NO_TRACE } from '../api/trace-context.ts';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'te',
  'trailer',
  'proxy-authorization',
  'proxy-authenticate',
]);

const HOST_ADDRESS = '127.0.0.1';
const HOST_NAME = hostname();

/** What an app sees where the caller names no agent: daprd is written in Go. */
export const USER_AGENT = 'Go-http-client/1.1';

/** Who calls whom, as the callee's app is told. */
export type CallIdentity = { callerAppId: string; callerNamespace: string; calleeAppId: string };

/** The headers that pass a sidecar: without hop-by-hop ones, binary ones and those that Dapr keeps for itself. */
function passingHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const nominated = nominatedHeaders(headers.connection);
  const passing: OutgoingHttpHeaders = {};
  for (const name in headers) {
    if (HOP_BY_HOP.has(name) || name === 'destination-app-id' || name.endsWith('-bin')) continue;
    if (nominated?.has(name)) continue;
    passing[name] = headers[name];
  }
  return passing;
}

/** What the app gets of a caller's headers, before tokens and identity. */
export function requestHeaders(headers: IncomingHttpHeaders, isTokenOurs: boolean): OutgoingHttpHeaders {
  const passing = passingHeaders(headers);
  delete passing['host'];
  delete passing['dapr-app-id'];
  delete passing['expect'];
  if (isTokenOurs) delete passing['dapr-api-token'];
  passing['traceparent'] ??= NO_TRACE;
  passing['user-agent'] ??= USER_AGENT;
  return passing;
}

/** Adds what a call between sidecars adds; on each retry the lists grow by one. */
export function addForwarding(headers: OutgoingHttpHeaders, identity: CallIdentity): void {
  append(headers, 'x-forwarded-for', HOST_ADDRESS);
  append(headers, 'x-forwarded-host', HOST_NAME);
  append(headers, 'forwarded', `for=${HOST_ADDRESS};by=${HOST_ADDRESS};host=${HOST_NAME}`);
  headers['dapr-caller-namespace'] = identity.callerNamespace;
  headers['dapr-caller-app-id'] = besideClaim(identity.callerAppId, headers['dapr-caller-app-id']);
  headers['dapr-callee-app-id'] = identity.calleeAppId;
}

/** What the caller gets of the callee's headers. */
export function responseHeaders(headers: IncomingHttpHeaders, status: number): OutgoingHttpHeaders {
  const passing = passingHeaders(headers);
  delete passing['content-length'];
  if (status === 304) delete passing['content-type'];
  return passing;
}

/** A caller that names itself is not believed, but heard: its word comes after the sidecar's. */
function besideClaim(callerAppId: string, claim: OutgoingHttpHeader | undefined): string {
  const others = String(claim ?? '')
    .split(', ')
    .filter((name) => name !== '' && name !== callerAppId);
  return [callerAppId, ...others].join(', ');
}

function append(headers: OutgoingHttpHeaders, name: string, value: string): void {
  const present = headers[name];
  headers[name] = present === undefined ? value : `${String(present)}, ${value}`;
}

function nominatedHeaders(connection: string | undefined): Set<string> | undefined {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return undefined;
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}
