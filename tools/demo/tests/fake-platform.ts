import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Account {
  id: string;
  username: string;
  password: string;
}

interface Post {
  id: string;
  author: string;
  title: string;
}

interface Comment {
  post_id: string;
  author: string;
  content: string;
}

/** What a fake answers instead of its own answer: by method and path, in the order in which they were put. */
export interface Interruption {
  route: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface FakePlatform {
  url: string;
  accounts: Map<string, Account>;
  posts: Post[];
  comments: Comment[];
  likes: Set<string>;
  /** what came in, as `METHOD path` */
  requests: string[];
  /** every Idempotency-Key that came in */
  keys: string[];
  interruptions: Interruption[];
  close: () => Promise<void>;
}

interface Exchange {
  platform: FakePlatform;
  path: string;
  query: URLSearchParams;
  body: Record<string, string>;
  username: string;
}

type Answer = [status: number, body: unknown];

/** The part of the public API that the demo uses, in memory: tokens are `token-of-<username>`. */
export async function startFakePlatform(): Promise<FakePlatform> {
  const server = createServer((request, response) => void answer(platform, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const platform: FakePlatform = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accounts: new Map(),
    posts: [],
    comments: [],
    likes: new Set(),
    requests: [],
    keys: [],
    interruptions: [],
    close: () => close(server),
  };
  return platform;
}

async function answer(platform: FakePlatform, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', platform.url);
  const route = `${request.method ?? ''} ${pathname}`;
  const key = request.headers['idempotency-key'];
  platform.requests.push(route);
  if (typeof key === 'string') platform.keys.push(key);

  const text = (await request.toArray()).join('');
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
  const username = (request.headers.authorization ?? '').replace('Bearer token-of-', '');
  const index = platform.interruptions.findIndex((interruption) => interruption.route === route);
  const [interruption] = index === -1 ? [] : platform.interruptions.splice(index, 1);
  const [status, result] = interruption
    ? [interruption.status, interruption.body]
    : ownAnswer(route, { platform, path: pathname, query: searchParams, body, username });
  response.writeHead(status, { 'content-type': 'application/json', ...interruption?.headers });
  response.end(result === undefined ? undefined : JSON.stringify(result));
}

function ownAnswer(route: string, exchange: Exchange): Answer {
  if (route === 'GET /readyz') return [200, {}];
  if (route === 'POST /api/auth/register') return register(exchange);
  if (route === 'POST /api/auth/login') return login(exchange);
  if (!exchange.platform.accounts.has(exchange.username)) return [401, { code: 'unauthorized' }];
  if (route === 'POST /api/posts') return createPost(exchange);
  if (route === 'GET /api/posts') return listPosts(exchange);
  if (route === 'POST /api/comments') return createComment(exchange);
  if (route === 'GET /api/comments') return listComments(exchange);
  return like(exchange);
}

function register({ platform, body: { username = '', password = '' } }: Exchange): Answer {
  if (platform.accounts.has(username)) return [400, { code: 'user_exists' }];
  const account = { id: `user-${username}`, username, password };
  platform.accounts.set(username, account);
  return [201, { id: account.id, username, token: `token-of-${username}` }];
}

function login({ platform, body: { username = '', password } }: Exchange): Answer {
  const account = platform.accounts.get(username);
  if (account?.password !== password) return [401, { code: 'unauthorized' }];
  return [200, { user_id: account?.id, token: `token-of-${username}` }];
}

function createPost({ platform, username, body: { title = '' } }: Exchange): Answer {
  const post = { id: `post-${platform.posts.length}`, author: `user-${username}`, title };
  platform.posts.push(post);
  return [201, post];
}

function listPosts({ platform, query }: Exchange): Answer {
  return [200, { results: platform.posts.filter(({ author }) => author === query.get('author_id')) }];
}

function createComment({ platform, username, body: { post_id = '', content = '' } }: Exchange): Answer {
  platform.comments.push({ post_id, author: `user-${username}`, content });
  return [201, {}];
}

function listComments({ platform, query }: Exchange): Answer {
  const comments = platform.comments.filter(({ post_id }) => post_id === query.get('post_id'));
  return [200, comments.map(({ author, content }) => ({ author: { id: author }, content }))];
}

function like({ platform, username, path }: Exchange): Answer {
  const postId = /^\/api\/posts\/([^/]+)\/like$/.exec(path)?.[1];
  if (!platform.posts.some(({ id }) => id === postId)) return [404, { code: 'post_not_found' }];
  platform.likes.add(`${username} likes ${postId}`);
  return [200, { liked: true }];
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
