import { MethodNotAllowed, RouteNotFound } from '@commons/platform';
import { otherNamesOf, type OtherName } from './other-names.ts';
import { OWN_PATHS } from './own-routes.ts';
import { appRouteOf } from './route-table.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Where a request goes: an app's route, or for `OPTIONS` of what the gateway knows itself the methods that it has. */
export type Target = { app: string; prefix: string; method: string; path: string } | { allow: string[] };

/**
 * Finds the route of a request.
 * @param path safe and without its query.
 * @throws NotFound for a path of nobody, MethodNotAllowed for a method that is none of the API's, or not of this name.
 */
export function findTarget(method: string, path: string): Target {
  const route = appRouteOf(path);
  if (route) {
    if (!METHODS.includes(method)) throw new MethodNotAllowed(METHODS);
    return { ...route, method, path };
  }
  if (Object.hasOwn(OWN_PATHS, path)) return ownRoute(method);
  const names = otherNamesOf(path);
  if (names.length === 0) throw new RouteNotFound();
  return byOtherName(method, names);
}

/** Reading them is answered elsewhere. */
function ownRoute(method: string): Target {
  const allow = ['GET', 'HEAD', 'OPTIONS'];
  if (method === 'OPTIONS') return { allow };
  throw new MethodNotAllowed(allow);
}

function byOtherName(method: string, names: readonly OtherName[]): Target {
  const allow = [...names.map((name) => name.method), ...(names.some(isRead) ? ['HEAD'] : []), 'OPTIONS'];
  if (method === 'OPTIONS') return { allow };
  const name = names.find((candidate) => candidate.method === method || (method === 'HEAD' && isRead(candidate)));
  const route = name && appRouteOf(name.ourPath);
  if (!name || !route) throw new MethodNotAllowed(allow);
  return { ...route, method: method === 'HEAD' ? 'HEAD' : name.ourMethod, path: name.ourPath };
}

const isRead = ({ method }: OtherName): boolean => method === 'GET';
