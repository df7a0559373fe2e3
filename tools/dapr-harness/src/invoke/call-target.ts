import type { IncomingMessage } from 'node:http';
import { messageOf } from '../message-of.ts';
import type { FaultBoard } from '../faults/fault-board.ts';
import { PermanentError } from '../resiliency/errors.ts';
import { runWithPolicy } from '../resiliency/policy.ts';
import type { ResiliencyRunner } from '../resiliency/runner.ts';
import type { HttpEndpoint } from '../resources/http-endpoint.ts';
import type { AccessCheck, CallerIdentity } from './access-control.ts';
import { applyFaults } from './apply-faults.ts';
import { addForwarding } from './headers.ts';
import { parseOrigin, type HttpClient, type Origin } from './http-client.ts';
import { RpcError } from './invocation-error.ts';
import { normalizeMethod } from './method-path.ts';
import { repeatable } from './repeatable.ts';
import { sendCall, type Call } from './send-call.ts';

/** An app as other sidecars see it: where it listens (undefined: it has no port) and whom it lets in. */
export type Callee = {
  appId: string;
  isUp: boolean;
  /** Whether the app says that it is well, where it is asked. */
  isWell: boolean;
  /** Ends with its sidecar, and with it what goes through it. */
  life: AbortSignal;
  origin: Origin | undefined;
  appApiToken: string | undefined;
  isAllowed: AccessCheck;
};

export type CallContext = {
  caller: CallerIdentity;
  client: HttpClient;
  endpoints: ReadonlyMap<string, HttpEndpoint>;
  resiliency: ResiliencyRunner;
  faults: FaultBoard;
  /** The app of an id and a namespace, undefined when nobody knows it. */
  resolve(appId: string, namespace: string): Callee | undefined;
};

/** Calls an app, a URL or an HTTPEndpoint and gives its answer, whatever the status. */
export async function callTarget(context: CallContext, call: Call): Promise<IncomingMessage> {
  const { id } = call.target;
  const method = checked(call.target.method);
  const [appId, namespace] = splitId(id, context.caller.namespace);
  await applyFaults(context, call, appId, method);
  const endpoint = context.endpoints.get(id);
  if (endpoint) return callOutside(context, call, method, endpoint.baseUrl, endpoint.headers);
  if (/^https?:\/\//.test(id)) return callOutside(context, call, method, id, {});

  const callee = context.resolve(appId, namespace);
  if (!callee) throw new Error(`couldn't find service: ${appId}`);
  const isOwn = appId === context.caller.appId && namespace === context.caller.namespace;
  if (isOwn) return callOwnApp(context, call, method, callee);
  if (call.isStreaming || context.resiliency.hasAppTarget(appId)) {
    return callApp(context, call, method, callee);
  }
  return callWithBuiltInRetries(context, call, method, callee);
}

function checked(method: string): string {
  try {
    return normalizeMethod(method);
  } catch (error) {
    throw new RpcError('InvalidArgument', `invalid method: ${messageOf(error)}`, error);
  }
}

function splitId(id: string, ownNamespace: string): [appId: string, namespace: string] {
  if (/^https?:\/\//.test(id)) return [id, ''];
  const [appId = '', namespace, ...rest] = id.split('.');
  if (rest.length > 0) throw new Error(`invalid app id ${id}`);
  return [appId, namespace ?? ownNamespace];
}

/**
 * Only a sidecar that cannot be reached, or that ended in the meantime, is tried again, which may bring a request to its app twice; what
 * an app says or does not say stands.
 */
function callWithBuiltInRetries(
  context: CallContext,
  call: Call,
  method: string,
  callee: Callee,
): Promise<IncomingMessage> {
  const bodyOf = repeatable(call.body);
  return runWithPolicy(
    context.resiliency.builtInServiceRetries,
    async (_signal, attempt) => {
      try {
        return await callApp(context, { ...call, body: await bodyOf(attempt) }, method, callee);
      } catch (error) {
        if (!(error instanceof RpcError && error.code === 'Unavailable')) throw new PermanentError(error);
        const reason = `failed to invoke target ${callee.appId} after ${attempt - 1} retries. Error: ${error.message}`;
        throw new Error(reason, { cause: error });
      }
    },
    { signal: call.signal },
  );
}

async function callApp(context: CallContext, call: Call, method: string, callee: Callee): Promise<IncomingMessage> {
  if (!callee.isUp) throw new RpcError('Unavailable', 'connection error: desc = "transport: error while dialing"');
  if (!callee.origin) throw new RpcError('Internal', 'app channel is not initialized');
  const refusal = callee.isAllowed(context.caller, method, call.verb);
  if (refusal !== undefined) throw new RpcError('PermissionDenied', refusal);
  if (!callee.isWell) throw new RpcError('Internal', `error invoking app channel: ${appIsIll().message}`);
  addForwarding(call.headers, {
    callerAppId: context.caller.appId,
    callerNamespace: context.caller.namespace,
    calleeAppId: callee.appId,
  });
  const signal = call.signal ? AbortSignal.any([call.signal, callee.life]) : callee.life;
  try {
    return await sendToApp(context, { ...call, signal }, method, callee.origin, callee.appApiToken);
  } catch (error) {
    if (callee.life.aborted) throw new RpcError('Unavailable', 'error reading from server: EOF', error);
    throw new RpcError('Internal', `error invoking app channel: ${messageOf(error)}`, error);
  }
}

async function callOwnApp(context: CallContext, call: Call, method: string, callee: Callee): Promise<IncomingMessage> {
  if (!callee.origin) throw new Error('cannot invoke local endpoint: app channel not initialized');
  if (!callee.isWell) throw appIsIll();
  return sendToApp(context, call, method, callee.origin, callee.appApiToken);
}

const appIsIll = (): RpcError => new RpcError('Internal', 'app is not in a healthy state');

function callOutside(
  context: CallContext,
  call: Call,
  method: string,
  baseUrl: string,
  extra: Record<string, string>,
): Promise<IncomingMessage> {
  for (const [name, value] of Object.entries(extra)) call.headers[name.toLowerCase()] = value;
  return sendCall(context.client, call, method, parseOrigin(baseUrl));
}

function sendToApp(
  context: CallContext,
  call: Call,
  method: string,
  origin: Origin,
  appApiToken: string | undefined,
): Promise<IncomingMessage> {
  if (appApiToken) call.headers['dapr-api-token'] = appApiToken;
  return sendCall(context.client, call, method, origin);
}
