import type { ApiRoute } from '../api/http.ts';
import type { ApiRule, Configuration } from '../resources/configuration.ts';

/** Whether a Configuration's `spec.api` leaves a route open. Health checks always are; rules for no protocol count for nothing. */
export function isRouteAllowed(
  { pattern }: Pick<ApiRoute, 'pattern'>,
  { apiAllowed, apiDenied }: Pick<Configuration, 'apiAllowed' | 'apiDenied'>,
): boolean {
  const path = pattern.slice(1);
  if (path.startsWith('v1.0/healthz')) return true;
  const isHttp = ({ protocol }: ApiRule): boolean => protocol.toLowerCase() === 'http';
  const names = ({ version, name }: ApiRule): boolean => path.startsWith(`${version}/${name}`);
  if (apiDenied.filter(isHttp).some(names)) return false;
  const allowed = apiAllowed.filter(isHttp);
  return allowed.length === 0 || allowed.some(names);
}
