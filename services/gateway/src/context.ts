import type { BaseContext } from '@commons/platform';
import type { z } from 'zod';
import { createOpenApiSource, type OpenApiSource } from './clients/open-api-source.ts';
import { createRealtime, type Realtime } from './clients/realtime.ts';
import { createSidecar, type Sidecar } from './clients/sidecar.ts';
import { createTokenUsers } from './clients/token-users.ts';
import type { config } from './config.ts';
import { createRequestCounts } from './data/request-counts.ts';
import { trustOf, type Trust } from './domain/client-address.ts';
import { addressesOf, createReplicas } from './domain/replicas.ts';
import type { RateLimits } from './use-cases/limit-rate.ts';

/** What the gateway's handlers receive. */
export type GatewayContext = BaseContext<z.output<typeof config>> & {
  sidecar: Sidecar;
  realtime: Realtime;
  rateLimits: RateLimits;
  openApi: OpenApiSource;
  /** Whose word on the client's address is believed. */
  trust: Trust;
};

export function createContext(base: BaseContext<z.output<typeof config>>): GatewayContext {
  const { config: settings, authenticator, dapr, log } = base;
  const counts = (limit: number) => (limit === 0 ? undefined : createRequestCounts(limit));
  return Object.assign(base, {
    sidecar: createSidecar({
      host: settings.DAPR_HOST,
      port: settings.DAPR_HTTP_PORT,
      apiToken: settings.DAPR_API_TOKEN,
      timeoutMs: settings.UPSTREAM_TIMEOUT_MS,
      maxBodyBytes: settings.MAX_BODY_BYTES,
    }),
    realtime: createRealtime({
      replicas: createReplicas(addressesOf(settings.REALTIME_URL)),
      timeoutMs: settings.UPSTREAM_TIMEOUT_MS,
      limit: settings.WEBSOCKETS_MAX,
    }),
    rateLimits: {
      byAddress: counts(settings.RATE_LIMIT_ADDRESS_PER_SECOND),
      byUser: counts(settings.RATE_LIMIT_USER_PER_SECOND),
      tokenUsers: createTokenUsers(authenticator),
    },
    openApi: createOpenApiSource({ dapr, log }),
    trust: trustOf(settings.TRUST_PROXY),
  });
}
