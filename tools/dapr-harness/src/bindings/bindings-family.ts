import type { ComponentFamily } from '../api/component-family.ts';
import { openComponents } from '../resources/open-components.ts';
import { bindingRoutes } from './binding-routes.ts';
import { isOutputBinding, openBinding } from './open-binding.ts';

/** The bindings API and the output bindings. */
export const bindingsFamily: ComponentFamily = async (env) => {
  const components = env.components.filter(isOutputBinding);
  const bindings = await openComponents(components, openBinding, env.log);

  return {
    routes: bindingRoutes(bindings, env),
    metadata: components
      .filter(({ name }) => bindings.has(name))
      .map(({ name, type, version }) => ({ name, type, version, capabilities: ['OUTPUT_BINDING'] })),
    close: async () => {},
  };
};
