import { randomUUID } from 'node:crypto';
import type { FamilyParts } from '../api/component-family.ts';
import { createHttpClient } from '../invoke/http-client.ts';
import type { InvocationContext } from '../invoke/invocation.ts';
import { createPublisher } from '../pubsub/publisher.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import { readDeclarative } from '../pubsub/subscription.ts';
import { createResiliency } from '../resiliency/create-resiliency.ts';
import type { Component } from '../resources/component.ts';
import { findConfiguration, type Configuration } from '../resources/configuration.ts';
import { resolveHttpEndpoints } from '../resources/http-endpoint.ts';
import { resolveComponents } from '../resources/resolve-components.ts';
import { isInScope } from '../resources/resource.ts';
import { createSecretReader } from '../secrets/secret-reader.ts';
import { createAppLink, type AppLink } from './app-link.ts';
import { DEFAULT_MAX_BODY_BYTES, DEFAULT_NAMESPACE, type AppOptions } from './app-options.ts';
import { createRoutes } from './create-routes.ts';
import { FAMILIES } from './families.ts';
import { createPubSubs } from './pubsub-family.ts';
import type { ApiRoute } from '../api/http.ts';
import type { World } from './world.ts';

/** The parts of a sidecar, made from the resources that its app sees. */
export type Assembly = {
  namespace: string;
  configuration: Configuration;
  pubsubs: Map<string, PubSub>;
  families: readonly FamilyParts[];
  link: AppLink;
  invocation: InvocationContext;
  routes(shutdown: () => Promise<void>): ApiRoute[];
  close(): Promise<void>;
};

export async function assemble(world: World, options: AppOptions): Promise<Assembly> {
  const { id: appId, namespace = DEFAULT_NAMESPACE, appApiToken, daprApiToken } = options;
  const { resources, faults, record, journal, shared } = world;
  const viewer = { appId, namespace, podName: `${appId}-${randomUUID().slice(0, 8)}` };
  const log: World['log'] = (line) => world.log({ app_id: appId, ...line });

  const openSecrets = (stores: readonly Component[]) => createSecretReader(stores);
  const components = await resolveComponents(resources, viewer, openSecrets);
  const secretStores = components.filter(({ type }) => type.startsWith('secretstores.'));
  const endpoints = await resolveHttpEndpoints(resources, viewer, openSecrets(secretStores));
  const configuration = findConfiguration(resources, options.config);
  const resiliency = createResiliency(resources, appId, namespace);
  const pubsubs = createPubSubs(components, world.brokers, appId, namespace);
  const publisher = createPublisher({ appId, resiliency, faults, record });
  const env = { appId, namespace, components, configuration, resiliency, journal, shared, log };
  const families = await Promise.all(FAMILIES.map((family) => family(env)));
  const resiliencies = resources
    .filter((resource) => resource.kind === 'Resiliency' && isInScope(resource, appId, namespace))
    .map(({ metadata }) => metadata.name);
  const client = createHttpClient();
  const declarative = readDeclarative(resources, appId, namespace);
  const common = { appId, pubsubs, publisher, resiliency, faults, record, log, client, families };
  const link = createAppLink({ ...common, appApiToken, declarative, healthCheck: options.healthCheck });
  return {
    namespace,
    configuration,
    pubsubs,
    families,
    link,
    invocation: {
      caller: { appId, namespace, trustDomain: configuration.accessControl?.trustDomain ?? 'public' },
      daprApiToken,
      client,
      endpoints,
      resiliency,
      faults,
      maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
      resolve: world.apps.resolve,
    },
    routes: (shutdown) =>
      createRoutes({ ...common, configuration, httpEndpoints: [...endpoints.keys()], resiliencies, link, shutdown }),
    close: async () => {
      await Promise.all(families.map((family) => family.close()));
      client.close();
    },
  };
}
