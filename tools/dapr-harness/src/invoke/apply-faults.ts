import { setTimeout as sleep } from 'node:timers/promises';
import type { CallContext } from './call-target.ts';
import { AppFailure, RpcError } from './invocation-error.ts';
import type { Call } from './send-call.ts';

/** Does to a call what the faults say that are set for it: waits, and throws what its app or sidecar is to have answered. */
export async function applyFaults(context: CallContext, call: Call, app: string, path: string): Promise<void> {
  const subject = { on: 'invocation', app, caller: context.caller.appId, path: `/${path}` } as const;
  const effect = context.faults.strike({ ...subject, method: call.verb });
  if (!effect) return;
  if (effect.delayMs > 0) await sleep(effect.delayMs, undefined, call.signal && { signal: call.signal });
  const { failure } = effect;
  if (failure?.status !== undefined) {
    throw new AppFailure(failure.status, { 'content-type': 'text/plain' }, Buffer.from(failure.message));
  }
  if (failure) throw new RpcError('Unavailable', failure.message);
}
