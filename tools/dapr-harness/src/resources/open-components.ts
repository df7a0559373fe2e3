import type { Log } from '../log.ts';
import { messageOf } from '../message-of.ts';
import type { Component } from './component.ts';

/**
 * Opens components, by name. One that cannot be opened fails the sidecar, as in daprd, unless it says `ignoreErrors`: then it is as if
 * it were not there.
 */
export async function openComponents<T>(
  components: readonly Component[],
  open: (component: Component) => T | Promise<T>,
  log: Log,
): Promise<Map<string, T>> {
  const opened = new Map<string, T>();
  for (const component of components) {
    try {
      opened.set(component.name, await open(component));
    } catch (error) {
      const which = `${component.name} (${component.type}/${component.version})`;
      const msg = `[INIT_COMPONENT_FAILURE]: initialization error occurred for ${which}: ${messageOf(error)}`;
      if (!component.ignoreErrors) throw new Error(msg, { cause: error });
      log({ level: 'error', msg });
    }
  }
  return opened;
}
