import { type Notification, type notificationSent, type EventData } from '@commons/contracts';
import { anId, buildService, type BuildOptions, type ServiceUnderTest, type TestUser } from '@commons/platform/testing';
import type { NotificationContext } from '../src/context.ts';
import { service } from '../src/service.ts';

export type Sent = EventData<typeof notificationSent>;

export type NotificationUnderTest = ServiceUnderTest<NotificationContext> & {
  /** What a user sees in their list. */
  list(user: TestUser, query?: string): Promise<Notification[]>;
  unread(user: TestUser): Promise<number>;
  /** Whether no job is left. */
  isIdle(): Promise<boolean>;
};

export async function buildNotification(options: BuildOptions = {}): Promise<NotificationUnderTest> {
  const notification = await buildService(service, options);
  return {
    ...notification,
    async list(user, query = '') {
      return (await notification.as(user).get(`/api/notifications${query}`).expect(200)).body as Notification[];
    },
    async unread(user) {
      const { body } = await notification.as(user).get('/api/notifications/unread-count').expect(200);
      return (body as { count: number }).count;
    },
    isIdle: async () => (await notification.ctx.db.collection('jobs').countDocuments()) === 0,
  };
}

type Someone = Pick<TestUser, 'id' | 'username'>;

/** A post, and the events of its likes: the revision grows with each. */
export function aLikedPost(author: Someone) {
  const post_id = anId();
  let revision = 0;
  const like = (actor: Someone, at = ++revision) => ({
    post_id,
    post_author_id: author.id,
    post_title: 'A walk',
    user_id: actor.id,
    username: actor.username,
    likes_count: 1,
    revision: at,
  });
  return { postId: post_id, like };
}

/** A comment, and the events of its likes. */
export function aLikedComment(author: Someone, post_id = anId()) {
  const comment_id = anId();
  let revision = 0;
  const like = (actor: Someone, at = ++revision) => ({
    comment_id,
    comment_author_id: author.id,
    post_id,
    user_id: actor.id,
    username: actor.username,
    likes_count: 1,
    revision: at,
  });
  return { postId: post_id, commentId: comment_id, like };
}

/** What `CommentCreated` carries. */
export const aComment = (options: {
  author: Someone;
  postAuthor: Someone;
  postId?: string;
  id?: string;
  parent?: { id: string; author: Someone };
}) => ({
  comment_id: options.id ?? anId(),
  post_id: options.postId ?? anId(),
  post_author_id: options.postAuthor.id,
  post_title: 'A walk',
  parent: options.parent?.id ?? null,
  parent_author_id: options.parent?.author.id ?? null,
  author_id: options.author.id,
  author_username: options.author.username,
  comments_count: 1,
  thread_revision: 1,
});
