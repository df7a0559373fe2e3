import type { ComponentFamily } from '../api/component-family.ts';
import { bindingsFamily } from '../bindings/bindings-family.ts';
import { secretsFamily } from '../secrets/secrets-family.ts';
import { stateFamily } from '../state/state-family.ts';

/** What a sidecar offers besides invocation and pub/sub. */
export const FAMILIES: readonly ComponentFamily[] = [stateFamily, secretsFamily, bindingsFamily];
