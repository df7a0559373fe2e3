import type { ComponentFamily } from '../api/component-family.ts';
import { openComponents } from '../resources/open-components.ts';
import { openStore } from './open-store.ts';
import { stateRoutes } from './state-routes.ts';

/** The state API and the `state.*` components. */
export const stateFamily: ComponentFamily = async (env) => {
  const components = env.components.filter(({ type }) => type.startsWith('state.'));
  const stores = await openComponents(components, (component) => openStore(component, env), env.log);

  return {
    routes: stateRoutes(stores, env),
    metadata: components.flatMap(({ name, type, version }) => {
      const open = stores.get(name);
      return open ? [{ name, type, version, capabilities: [...open.store.capabilities] }] : [];
    }),
    close: async () => {},
  };
};
