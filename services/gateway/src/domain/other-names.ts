import { appRouteOf } from './route-table.ts';

/** A route by a name that clients of earlier systems use, and ours. `:id` stands for one part of the path. */
export type OtherName = { method: string; path: string; ourMethod: string; ourPath: string };

const same = (method: string, path: string, ourPath: string): OtherName => ({
  method,
  path,
  ourMethod: method,
  ourPath,
});

const TABLE: readonly OtherName[] = [
  same('POST', '/api/users/register', '/api/auth/register'),
  same('POST', '/register', '/api/auth/register'),
  same('POST', '/reg', '/api/auth/register'),
  same('POST', '/api/users/login', '/api/auth/login'),
  same('POST', '/login', '/api/auth/login'),
  same('POST', '/auth', '/api/auth/login'),
  same('POST', '/refresh-token', '/api/auth/refresh'),
  same('POST', '/oauth', '/api/auth/oauth'),
  { method: 'DELETE', path: '/logout', ourMethod: 'POST', ourPath: '/api/auth/logout' },
  same('DELETE', '/delete', '/api/auth/me'),
  same('PATCH', '/me/update', '/api/auth/me'),
  same('GET', '/me', '/api/auth/me'),
  same('GET', '/api/users/profile/:id', '/api/profiles/:id'),
  same('GET', '/user/:id', '/api/profiles/:id'),
  same('GET', '/users/id/:id', '/api/profiles/:id'),
  same('PUT', '/user/:id', '/api/profiles/:id'),
  same('GET', '/users/search', '/api/profiles'),
  same('POST', '/subscriptions/request', '/api/subscriptions/request'),
  same('POST', '/subscriptions/accept', '/api/subscriptions/accept'),
  same('POST', '/subscriptions/decline', '/api/subscriptions/decline'),
  same('DELETE', '/subscriptions/remove', '/api/subscriptions/remove'),
  same('GET', '/subscriptions/requests', '/api/subscriptions/requests'),
  same('GET', '/subscriptions/blocks', '/api/subscriptions/blocks'),
  same('GET', '/subscriptions/:id', '/api/subscriptions/:id'),
  same('POST', '/chat/create', '/api/chats'),
  same('POST', '/messages/send', '/api/chats/messages'),
  same('GET', '/messages/chat/:id', '/api/chats/:id/messages'),
  same('POST', '/notifications/send', '/api/notifications'),
];

/** The other names of routes whose service is there. */
export const OTHER_NAMES: readonly OtherName[] = TABLE.filter(({ ourPath }) => appRouteOf(ourPath));

/** What a path is another name for, one entry a method; none where it is no such name. */
export function otherNamesOf(path: string, names: readonly OtherName[] = OTHER_NAMES): OtherName[] {
  const parts = path.split('/');
  const matching = names.filter((name) => matches(name.path.split('/'), parts));
  const [first] = matching;
  return matching.filter((name) => name.path === first?.path).map((name) => ({ ...name, ourPath: fill(name, parts) }));
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.length === parts.length && pattern.every((part, index) => part === ':id' || part === parts[index]);
}

function fill({ path, ourPath }: OtherName, parts: readonly string[]): string {
  return ourPath.replace(':id', parts[path.split('/').indexOf(':id')] ?? '');
}
