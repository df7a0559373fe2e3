import type { Target } from '../ledger/ledger.ts';
import type { LoadUser } from '../load/stage.ts';
import { observePosts } from './observe-posts.ts';
import type { DeadLetter, Observed, SeenNotification, SeenUser } from './observed.ts';
import { mapSome, readArray, readPages, type Read } from './read-all.ts';

export type ObserveOptions = {
  read: Read;
  users: readonly LoadUser[];
  admin: { token: string };
  /** Begins every tag of the run. */
  label: string;
  /** Services that keep dead letters. */
  consumers: readonly string[];
};

/** Reads all that the API shows of what some users did. */
export async function observe({ read, users, admin, label, consumers }: ObserveOptions): Promise<Observed> {
  const posts = await observePosts(
    read,
    users.map(({ id }) => id),
  );
  const seen = await mapSome(users, 4, (user) => observeUser(read, user));
  const tags = await readPages<{ tag: string; posts_count: number }>(read, `/api/tags?q=${label}-`);
  const letters = await mapSome(consumers, 4, (service) => readDeadLetters(read, service, admin.token));
  return {
    posts,
    users: new Map(seen.map((user) => [user.id, user])),
    tags: new Map(tags.items.map(({ tag, posts_count }) => [tag, posts_count])),
    deadLetters: letters.flat(),
  };
}

type ListedNotification = {
  id: string;
  type: string;
  message: string;
  read: boolean;
  data: { post_id?: string; comment_id?: string; actor_id: string | null };
};

async function observeUser(read: Read, { id, token }: LoadUser): Promise<SeenUser> {
  const likes = await readPages<{ target_type: string; target_id: string }>(read, '/api/likes', token);
  const notifications = await readArray<ListedNotification>(read, '/api/notifications', token);
  const unread = (await read('/api/notifications/unread-count', token))?.body as { count: number } | undefined;
  return {
    id,
    likes: likes.items.map(({ target_type, target_id }) => `${target_type}:${target_id}` as Target),
    likesTotal: likes.count,
    notifications: notifications.items.map(toSeen),
    notificationsTotal: notifications.count,
    unread: unread?.count ?? 0,
  };
}

const toSeen = ({ id, type, message, read, data }: ListedNotification): SeenNotification => ({
  id,
  type,
  message,
  read,
  postId: data.post_id,
  commentId: data.comment_id,
  actorId: data.actor_id,
});

async function readDeadLetters(read: Read, service: string, token: string): Promise<DeadLetter[]> {
  const path = `/api/admin/services/${service}/dead-letters`;
  const { items } = await readArray<{ id: string; type: string }>(read, path, token);
  return items.map(({ id, type }) => ({ service, id, type }));
}
