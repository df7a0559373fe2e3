import type { ApiRoute } from '../api/http.ts';
import type { ApiRule, Configuration } from '../resources/configuration.ts';

/** Whether a Configuration's `spec.api` leaves a route open. Health checks always are. */
export function isRouteAllowed({ pattern }: ApiRoute, { apiAllowed, apiDenied }: Configuration): boolean {
  const [, version = '', group = ''] = pattern.split('/');
  if (group === 'healthz') return true;
  const names = (rule: ApiRule): boolean =>
    rule.protocol.toLowerCase() !== 'grpc' && rule.version === version && rule.name === group;
  if (apiDenied.some(names)) return false;
  return apiAllowed.length === 0 || apiAllowed.some(names);
}
