import type { ComponentFamily } from '../api/component-family.ts';

/** What a sidecar offers besides invocation and pub/sub. */
export const FAMILIES: readonly ComponentFamily[] = [];
