import type { ComponentFamily } from '../api/component-family.ts';
import { openComponents } from '../resources/open-components.ts';
import { openSecretStore } from './open-secret-store.ts';
import { secretRoutes } from './secret-routes.ts';

/** The secrets API and the `secretstores.*` components. */
export const secretsFamily: ComponentFamily = async (env) => {
  const components = env.components.filter(({ type }) => type.startsWith('secretstores.'));
  const stores = await openComponents(components, openSecretStore, env.log);

  return {
    routes: secretRoutes(stores, env),
    metadata: components.flatMap(({ name, type, version }) => {
      const store = stores.get(name);
      return store ? [{ name, type, version, capabilities: [...store.capabilities] }] : [];
    }),
    close: async () => {},
  };
};
