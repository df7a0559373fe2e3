/** Public paths and the app that answers them: each path itself, and all below it. Nothing else reaches a service. */
const ROUTES: readonly [prefix: string, app: string][] = [
  ['/api/auth', 'auth'],
  ['/.well-known/jwks.json', 'auth'],
  ['/api/admin/users', 'auth'],
  ['/api/posts', 'post'],
  ['/api/tags', 'post'],
  ['/api/comments', 'comment'],
  ['/api/likes', 'like'],
  ['/api/notifications', 'notification'],
  ['/api/realtime', 'realtime'],
  ['/api/profiles', 'profile'],
  ['/api/subscriptions', 'subscription'],
  ['/api/projects', 'project'],
  ['/api/chats', 'chat'],
];

/** The services behind the gateway, by app-id. */
export const APPS: readonly string[] = [...new Set(ROUTES.map(([, app]) => app))];

const ALL: readonly [prefix: string, app: string][] = [
  ...ROUTES,
  ...APPS.map((app): [string, string] => [`/api/admin/services/${app}`, app]),
];

export type AppRoute = { app: string; prefix: string };

/** The app that answers a path, by a path that is safe and without its query. */
export function appRouteOf(path: string): AppRoute | undefined {
  const found = ALL.find(([prefix]) => path.startsWith(prefix) && isBoundary(path.charAt(prefix.length)));
  return found && { prefix: found[0], app: found[1] };
}

const isBoundary = (character: string): boolean => character === '' || character === '/';
