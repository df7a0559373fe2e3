import { notificationSent, type EventData, type Notification } from '@commons/contracts';
import { anId, buildService, type BuildOptions, type ServiceUnderTest, type TestUser } from '@commons/platform/testing';
import type { NotificationContext } from '../src/context.ts';
import { service } from '../src/service.ts';

export type Sent = EventData<typeof notificationSent>;

export type NotificationUnderTest = ServiceUnderTest<NotificationContext> & {
  /** What a user sees in their list. */
  list(user: TestUser, query?: string): Promise<Notification[]>;
  unread(user: TestUser): Promise<number>;
  /** The notifications that went out to a user, in their order. */
  sentTo(user: Pick<TestUser, 'id'>): Promise<Notification[]>;
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
    async sentTo({ id }) {
      const sent = (await notification.published(notificationSent)).map(({ data }) => data as unknown as Sent);
      return sent.filter(({ user_id }) => user_id === id).map((each) => each.notification);
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

/** Two users, and the events of what one is to the other: the revision grows with each. */
export function aSubscription(follower: Someone, followed: Someone, revision = 0) {
  const subscription_id = anId();
  const next = (at = ++revision) => ({
    subscription_id,
    follower_id: follower.id,
    follower_username: follower.username,
    following_id: followed.id,
    following_username: followed.username,
    revision: at,
  });
  const counts = { followers_count: 1, followers_revision: 1, following_count: 1, following_revision: 1 };
  return {
    asked: next,
    declined: next,
    followed: () => ({ ...next(), ...counts, was_requested: false }),
    admitted: () => ({ ...next(), ...counts, was_requested: true }),
    ended: () => ({ ...next(), ...counts, was_pending: false }),
    askedNoMore: () => ({ ...next(), ...counts, was_pending: true }),
  };
}

/** Two users, and the events of one blocking the other: the revision grows with each. */
export function aBlock(blocker: Someone, blocked: Someone) {
  let revision = 0;
  return () => ({ blocker_id: blocker.id, blocked_id: blocked.id, revision: ++revision });
}

/** What the events of an application carry. */
export const anApplication = (options: { applicant: Someone; owner: Someone; projectId?: string }) => ({
  application_id: anId(),
  project_id: options.projectId ?? anId(),
  project_title: 'A tool library',
  owner_id: options.owner.id,
  owner_username: options.owner.username,
  applicant_id: options.applicant.id,
  applicant_username: options.applicant.username,
});
