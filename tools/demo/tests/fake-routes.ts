/** What a fake platform keeps. Users are named by id, `user-<username>`. */
export interface Kept {
  accounts: Map<string, { id: string; username: string; password: string }>;
  /** by user id */
  profiles: Map<string, { nickname: string | null; visibility: string }>;
  /** `<follower> <followed>`: whether it is pending, or accepted */
  subscriptions: Map<string, string>;
  posts: { id: string; author: string; title: string }[];
  comments: { post_id: string; author: string; content: string }[];
  likes: Set<string>;
  projects: { id: string; owner: string; title: string; status: string }[];
  applications: { id: string; project_id: string; applicant: string; status: string }[];
}

export const nothingKept = (): Kept => ({
  accounts: new Map(),
  profiles: new Map(),
  subscriptions: new Map(),
  posts: [],
  comments: [],
  likes: new Set(),
  projects: [],
  applications: [],
});

export interface Exchange {
  kept: Kept;
  query: URLSearchParams;
  body: Record<string, string>;
  username: string;
}

type Answer = [status: number, body: unknown];
type Handler = (exchange: Exchange & { me: string }, ...ids: string[]) => Answer;

const ID = '([^/]+)';
const ROUTES: [pattern: string, handler: Handler][] = [
  ['POST /api/posts', ({ kept, me, body }) => created(kept.posts, { author: me, title: body.title ?? '' }, 'post')],
  ['GET /api/posts', ({ kept, query }) => list(kept.posts.filter(({ author }) => author === query.get('author_id')))],
  ['POST /api/comments', createComment],
  ['GET /api/comments', listComments],
  [`PUT /api/posts/${ID}/like`, like],
  [`GET /api/profiles/${ID}`, ({ kept }, id) => [200, { id, nickname: null, ...kept.profiles.get(id ?? '') }]],
  [`PUT /api/profiles/${ID}`, ({ kept, me, body }) => profile(kept, me, { nickname: body.nickname ?? null })],
  [`GET /api/profiles/${ID}/settings`, () => [200, { theme: 'dark', profile_visibility: 'public' }]],
  [`PUT /api/profiles/${ID}/settings`, setVisibility],
  ['POST /api/subscriptions/request', follow],
  ['POST /api/subscriptions/accept', accept],
  ['GET /api/subscriptions/requests', listRequests],
  [`GET /api/subscriptions/${ID}`, ({ kept }, id) => list(othersOf(kept, 'accepted', { follower: id }))],
  ['POST /api/projects', createProject],
  [
    'GET /api/projects',
    ({ kept, query }) => list(kept.projects.filter(({ owner }) => owner === query.get('owner_id'))),
  ],
  [`POST /api/projects/${ID}/applications`, apply],
  [`GET /api/projects/${ID}/applications`, listApplications],
  [`PUT /api/projects/${ID}/applications/${ID}`, decide],
];

/** What a platform that keeps this answers. */
export function answerOf(route: string, exchange: Exchange): Answer {
  if (route === 'GET /readyz') return [200, {}];
  if (route === 'POST /api/auth/register') return register(exchange);
  if (route === 'POST /api/auth/login') return login(exchange);
  const account = exchange.kept.accounts.get(exchange.username);
  if (account === undefined) return [401, { code: 'unauthorized' }];
  for (const [pattern, handler] of ROUTES) {
    const match = new RegExp(`^${pattern}$`).exec(route);
    if (match) return handler({ ...exchange, me: account.id }, ...match.slice(1));
  }
  return [404, { code: 'route_not_found' }];
}

const list = (results: unknown[]): Answer => [200, { results, next_cursor: null }];

function created<Thing extends { id: string }>(things: Thing[], fields: Omit<Thing, 'id'>, kind: string): Answer {
  const thing = { id: `${kind}-${things.length}`, ...fields } as Thing;
  things.push(thing);
  return [201, thing];
}

function register({ kept, body: { username = '', password = '' } }: Exchange): Answer {
  if (kept.accounts.has(username)) return [400, { code: 'user_exists' }];
  const account = { id: `user-${username}`, username, password };
  kept.accounts.set(username, account);
  return [201, { id: account.id, username, token: `token-of-${username}` }];
}

function login({ kept, body: { username = '', password } }: Exchange): Answer {
  const account = kept.accounts.get(username);
  if (account?.password !== password) return [401, { code: 'unauthorized' }];
  return [200, { user_id: account?.id, token: `token-of-${username}` }];
}

function createComment({ kept, me, body: { post_id = '', content = '' } }: Exchange & { me: string }): Answer {
  kept.comments.push({ post_id, author: me, content });
  return [201, {}];
}

function listComments({ kept, query }: Exchange): Answer {
  const comments = kept.comments.filter(({ post_id }) => post_id === query.get('post_id'));
  return [200, comments.map(({ author, content }) => ({ author: { id: author }, content }))];
}

function like({ kept, username }: Exchange, postId: string | undefined): Answer {
  if (!kept.posts.some(({ id }) => id === postId)) return [404, { code: 'post_not_found' }];
  kept.likes.add(`${username} likes ${postId}`);
  return [200, { liked: true }];
}

function profile({ profiles }: Kept, id: string, fields: { nickname?: string | null; visibility?: string }): Answer {
  profiles.set(id, { nickname: null, visibility: 'public', ...profiles.get(id), ...fields });
  return [200, {}];
}

/** Settings that are not whole are refused: the demo must not lose those that it does not change. */
function setVisibility({ kept, me, body }: Exchange & { me: string }): Answer {
  if (body.theme === undefined || body.profile_visibility === undefined) return [400, { code: 'invalid_request' }];
  return profile(kept, me, { visibility: body.profile_visibility });
}

function follow({ kept, me, body: { user_id = '' } }: Exchange & { me: string }): Answer {
  const pair = `${me} ${user_id}`;
  if (kept.subscriptions.has(pair)) return [409, { code: 'already_following' }];
  const isOpen = (kept.profiles.get(user_id)?.visibility ?? 'public') === 'public';
  kept.subscriptions.set(pair, isOpen ? 'accepted' : 'pending');
  return [201, {}];
}

function accept({ kept, me, body: { user_id = '' } }: Exchange & { me: string }): Answer {
  const pair = `${user_id} ${me}`;
  if (kept.subscriptions.get(pair) !== 'pending') return [409, { code: 'not_pending' }];
  kept.subscriptions.set(pair, 'accepted');
  return [200, {}];
}

function listRequests({ kept, me, query }: Exchange & { me: string }): Answer {
  return list(othersOf(kept, 'pending', query.get('direction') === 'out' ? { follower: me } : { followed: me }));
}

/** Those at the other ends of somebody's subscriptions. */
const othersOf = ({ subscriptions }: Kept, status: string, end: { follower?: string | undefined; followed?: string }) =>
  [...subscriptions].flatMap(([pair, found]) => {
    const [follower, followed] = pair.split(' ');
    if (found !== status) return [];
    if (follower === end.follower) return { user: { id: followed } };
    return followed === end.followed ? { user: { id: follower } } : [];
  });

function createProject({ kept, me, body: { title = '', status = '' } }: Exchange & { me: string }): Answer {
  return created(kept.projects, { owner: me, title, status }, 'project');
}

function apply({ kept, me }: Exchange & { me: string }, project_id = ''): Answer {
  if (kept.projects.find(({ id }) => id === project_id)?.status !== 'open') return [409, { code: 'project_not_open' }];
  return created(kept.applications, { project_id, applicant: me, status: 'pending' }, 'application');
}

function listApplications({ kept }: Exchange, projectId: string | undefined): Answer {
  const applications = kept.applications.filter(({ project_id }) => project_id === projectId);
  return list(applications.map(({ id, status, applicant }) => ({ id, status, applicant: { id: applicant } })));
}

function decide(
  { kept, body: { status = '' } }: Exchange,
  _project: string | undefined,
  id: string | undefined,
): Answer {
  const application = kept.applications.find((each) => each.id === id);
  if (application?.status !== 'pending') return [409, { code: 'not_pending' }];
  application.status = status;
  return [200, {}];
}
