import { isAdmin } from '@commons/platform';
import type { Connection, SeenPost, WatchedPost } from './connection.ts';

export type Connections = ReturnType<typeof createConnections>;

/** The WebSockets that this replica holds, found by user and by watched post. */
export function createConnections() {
  const all = new Set<Connection>();
  const byUser = new Map<string, Set<Connection>>();
  const byAddress = new Map<string, Set<Connection>>();
  const byPost = new Map<string, Set<Connection>>();
  let isShut = false;

  function unwatchOne(connection: Connection, postId: string): void {
    connection.watched.delete(postId);
    take(byPost, postId, connection);
  }

  return {
    add(connection: Connection): void {
      all.add(connection);
      put(byUser, connection.user.id, connection);
      put(byAddress, connection.address, connection);
    },
    remove(connection: Connection): void {
      all.delete(connection);
      take(byUser, connection.user.id, connection);
      take(byAddress, connection.address, connection);
      for (const postId of connection.watched.keys()) take(byPost, postId, connection);
      connection.watched.clear();
    },
    /** Has a connection watch these posts and no others; one that has gone watches nothing. */
    watch(connection: Connection, posts: ReadonlyMap<string, SeenPost>): void {
      if (!all.has(connection)) return;
      for (const postId of connection.watched.keys()) take(byPost, postId, connection);
      const before = new Map(connection.watched);
      connection.watched.clear();
      for (const [postId, post] of posts) {
        connection.watched.set(postId, { ...post, revision: before.get(postId)?.revision ?? 0 });
        put(byPost, postId, connection);
      }
    },
    /** Ends the watching of a post by those for whom `isOver` holds. */
    unwatch(postId: string, isOver: (connection: Connection) => boolean): void {
      for (const connection of [...(byPost.get(postId) ?? [])].filter(isOver)) unwatchOne(connection, postId);
    },
    /** Ends somebody's watching of posts for which `isOver` holds, on all their connections; admins see everything. */
    unwatchBy(userId: string, isOver: (post: WatchedPost) => boolean): void {
      for (const connection of [...(byUser.get(userId) ?? [])].filter(({ user }) => !isAdmin(user)))
        for (const [postId, post] of connection.watched) if (isOver(post)) unwatchOne(connection, postId);
    },
    has: (connection: Connection): boolean => all.has(connection),
    ofUser: (userId: string): Connection[] => [...(byUser.get(userId) ?? [])],
    ofUsers: (userIds: readonly string[]): Connection[] => userIds.flatMap((userId) => [...(byUser.get(userId) ?? [])]),
    isHere: (userId: string): boolean => byUser.has(userId),
    /** The users who have one. */
    users: (): string[] => [...byUser.keys()],
    watching: (postId: string): Connection[] => [...(byPost.get(postId) ?? [])],
    all: (): Connection[] => [...all],
    /** From now on there is no room for another. */
    shut: (): void => void (isShut = true),
    isShut: (): boolean => isShut,
    countOf: ({ userId, address }: { userId: string; address: string }) => ({
      user: byUser.get(userId)?.size ?? 0,
      address: byAddress.get(address)?.size ?? 0,
    }),
  };
}

function put<T>(index: Map<string, Set<T>>, key: string, value: T): void {
  const known = index.get(key);
  if (known) known.add(value);
  else index.set(key, new Set([value]));
}

function take<T>(index: Map<string, Set<T>>, key: string, value: T): void {
  const known = index.get(key);
  known?.delete(value);
  if (known?.size === 0) index.delete(key);
}
