import { DaprError, type ApiRoute } from './http.ts';

/** `GET /v1.0/healthz`, which needs the app, and `GET /v1.0/healthz/outbound`, which does not. */
export function createHealthRoutes(appId: string, unreadyTargets: () => readonly string[]): ApiRoute[] {
  return [
    {
      methods: ['GET'],
      pattern: '/v1.0/healthz',
      handle: async ({ query }) => {
        const unready = unreadyTargets();
        if (unready.length > 0) {
          throw new DaprError(500, 'ERR_HEALTH_NOT_READY', `dapr is not ready: [${unready.join(' ')}]`);
        }
        if (query.has('appid') && query.get('appid') !== appId) {
          throw new DaprError(500, 'ERR_HEALTH_APPID_NOT_MATCH', 'dapr app-id does not match');
        }
        return { status: 204 };
      },
    },
    { methods: ['GET'], pattern: '/v1.0/healthz/outbound', handle: async () => ({ status: 204 }) },
  ];
}
