import { insist } from './insist.ts';
import { recentPost, type Operation, type Stage } from './stage.ts';

/** Someone looks around: a list, a post, what is said below it, what is new. */
export const read: Operation = async (stage) => {
  const { api, ledger, random, users, traffic } = stage;
  const { token } = random.pick(users);
  const post = recentPost(stage);
  const paths = [
    '/api/posts?limit=10',
    '/api/tags?limit=10',
    '/api/auth/me',
    '/api/likes?limit=10',
    '/api/notifications/unread-count',
    ...(post ? [`/api/posts/${post.id}`, `/api/posts/${post.id}/likes`, `/api/comments?post_id=${post.id}`] : []),
  ];
  const path = random.pick(paths);
  const { status } = await api.ask({ purpose: 'read', method: 'GET', path, token });
  const isGoing = post !== undefined && path.includes(post.id) && ledger.posts.get(post.id)?.gone !== 'no';
  if (status > 0 && status < 500 && status !== 200 && !(status === 404 && isGoing))
    traffic.surprise(`reading ${path} answered ${status}`);
};

/** Someone reads what they were told, and marks something of it. */
export const readNotifications: Operation = async (stage) => {
  const { api, random, users } = stage;
  const { token } = random.pick(users);
  const path = '/api/notifications?limit=20&unread_only=true';
  const { status, body } = await api.ask({ purpose: 'read notifications', method: 'GET', path, token });
  const kept = status === 200 ? (body as { id: string; type: string }[]).filter(({ type }) => type !== 'LIKE') : [];
  if (kept.length > 0) await markRead(stage, token, random.pick(kept).id);
};

/** One whose post or comment has gone meanwhile cannot be marked. */
async function markRead({ api, ledger, traffic }: Stage, token: string, id: string): Promise<void> {
  const { answer } = await insist(() =>
    api.ask({ purpose: 'mark read', method: 'PATCH', path: `/api/notifications/${id}/mark-read`, token }),
  );
  if (answer?.status === 200) ledger.read.add(id);
  else if (answer && answer.status !== 404) traffic.surprise(`marking notification ${id} answered ${answer.status}`);
}

/** An admin tells some of something. */
export const announce: Operation = async ({ api, admin, ledger, random, traffic, users, words }) => {
  const told = random.shuffle(users).slice(0, 3);
  const text = words('news');
  const userIds = told.map(({ id }) => id);
  const { answer } = await insist(() =>
    api.ask({
      purpose: 'announce',
      method: 'POST',
      path: '/api/notifications',
      token: admin.token,
      headers: { 'idempotency-key': text },
      body: { user_ids: userIds, type: 'SYSTEM', message: text },
    }),
  );
  if (answer && answer.status !== 202) traffic.surprise(`announcing answered ${answer.status}`);
  ledger.announcements.push({ words: text, userIds, sent: !answer ? 'maybe' : answer.status === 202 ? 'yes' : 'no' });
};
