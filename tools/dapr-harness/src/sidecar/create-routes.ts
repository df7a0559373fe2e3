import type { FamilyParts } from '../api/component-family.ts';
import { createHealthRoutes } from '../api/health-routes.ts';
import type { ApiRoute } from '../api/http.ts';
import { createMetadataRoutes } from '../api/metadata-routes.ts';
import { createBulkPublishRoutes } from '../pubsub/bulk-publish-route.ts';
import { createPublishRoute, type PublishContext } from '../pubsub/publish-routes.ts';
import type { Configuration } from '../resources/configuration.ts';
import { isRouteAllowed } from './allowed-routes.ts';
import type { AppLink } from './app-link.ts';
import { pubsubMetadata } from './pubsub-family.ts';

export type RouteSources = PublishContext & {
  configuration: Configuration;
  httpEndpoints: readonly string[];
  resiliencies: readonly string[];
  families: readonly FamilyParts[];
  link: AppLink;
  /** Stops the sidecar. */
  shutdown(): Promise<void>;
};

/** All routes of a sidecar that its Configuration leaves open. */
export function createRoutes(sources: RouteSources): ApiRoute[] {
  const { appId, configuration, httpEndpoints, resiliencies, families, link, pubsubs } = sources;
  const metadata = {
    appId,
    enabledFeatures: configuration.enabledFeatures,
    components: () => [...[...pubsubs.values()].map(pubsubMetadata), ...families.flatMap((family) => family.metadata)],
    subscriptions: () => link.subscriptions,
    httpEndpoints,
    resiliencies,
    appPort: () => link.app?.origin.port,
  };
  return [
    ...createHealthRoutes(appId, () => (link.isConnecting ? ['runtime'] : [])),
    ...createMetadataRoutes(metadata),
    createPublishRoute(sources),
    ...createBulkPublishRoutes(sources),
    ...families.flatMap((family) => family.routes),
    shutdownRoute(sources.shutdown),
  ].filter((route) => isRouteAllowed(route, configuration));
}

/** `POST /v1.0/shutdown` answers first. */
function shutdownRoute(shutdown: () => Promise<void>): ApiRoute {
  return {
    methods: ['POST'],
    pattern: '/v1.0/shutdown',
    handle: async () => {
      setImmediate(() => void shutdown());
      return { status: 204 };
    },
  };
}
