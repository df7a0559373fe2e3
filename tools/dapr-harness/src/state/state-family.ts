import type { ComponentFamily } from '../api/component-family.ts';
import { messageOf } from '../message-of.ts';
import { openStore } from './open-store.ts';
import type { OpenStore } from './open-store.ts';
import { stateRoutes } from './state-routes.ts';

/** The state API and the `state.*` components. A component that cannot be opened fails the sidecar, unless it says ignoreErrors. */
export const stateFamily: ComponentFamily = async (env) => {
  const components = env.components.filter(({ type }) => type.startsWith('state.'));
  const stores = new Map<string, OpenStore>();
  for (const component of components) {
    try {
      stores.set(component.name, openStore(component, env));
    } catch (error) {
      const msg = `[INIT_COMPONENT_FAILURE]: initialization error occurred for ${component.name} (${component.type}/${component.version}): ${messageOf(error)}`;
      if (!component.ignoreErrors) throw new Error(msg, { cause: error });
      env.log({ level: 'error', msg });
    }
  }

  return {
    routes: stateRoutes(stores, env),
    metadata: components.flatMap(({ name, type, version }) => {
      const open = stores.get(name);
      return open ? [{ name, type, version, capabilities: [...open.store.capabilities] }] : [];
    }),
    close: async () => {},
  };
};
