import { setTimeout as sleep } from 'node:timers/promises';
import { DaprError, type ApiRequest } from '../api/http.ts';
import type { FaultBoard, FaultPlace } from '../faults/fault-board.ts';

const PLACES: Record<string, FaultPlace> = { state: 'state', bindings: 'binding', secrets: 'secret' };

/** Lets faults strike requests for state, bindings and secrets before they are served. */
export function createRouteFaults(
  faults: FaultBoard,
  appId: string,
): (request: ApiRequest) => Promise<void> | undefined {
  return ({ path, method }) => {
    const on = PLACES[path.split('/', 3)[2] ?? ''];
    const effect = on && faults.strike({ on, app: appId, caller: appId, path, method });
    if (!effect) return undefined;
    return (async () => {
      if (effect.delayMs > 0) await sleep(effect.delayMs);
      const { failure } = effect;
      if (failure) throw new DaprError(failure.status ?? 500, 'ERR_INJECTED_FAULT', failure.message);
    })();
  };
}
