import type { Api, Session } from './api.ts';
import { inParallel } from './in-parallel.ts';
import type { Plan, PlannedComment, PlannedPost } from './plan.ts';
import type { Person } from './people.ts';
import type { Progress } from './progress.ts';

/** What one run did: what is new, what an earlier run had made, and what was refused, by what the platform answered. */
export interface Loaded {
  made: { people: number; posts: number; comments: number };
  found: { people: number; posts: number; comments: number };
  likes: number;
  refused: Map<string, number>;
}

interface Author extends Session {
  /** ids by title of what the person posted in an earlier run */
  postIds: Map<string, string>;
}

interface Post {
  id: string;
  /** ids of those who commented in an earlier run */
  commenterIds: Set<string>;
}

/**
 * Makes what the plan says, a kind after the other, with at most `concurrency` things under way. What an earlier run
 * made is found and kept. What is refused is counted, and what needed it is left out.
 */
export async function load(
  plan: Plan,
  { api, concurrency, progress }: { api: Api; concurrency: number; progress: Progress },
): Promise<Loaded> {
  const loaded: Loaded = {
    made: { people: 0, posts: 0, comments: 0 },
    found: { people: 0, posts: 0, comments: 0 },
    likes: 0,
    refused: new Map(),
  };
  const options = { concurrency, progress, refused: loaded.refused };
  const authors = await inParallel('people', plan.people, (person) => loadPerson(api, loaded, person), options);
  const posts = await inParallel(
    'posts',
    plan.posts,
    (post) => loadPost(api, loaded, post, authors[post.author]),
    options,
  );
  await inParallel(
    'comments',
    plan.comments,
    (comment) => loadComment(api, loaded, comment, authors[comment.author], posts[comment.post]),
    options,
  );
  await inParallel(
    'likes',
    plan.likes,
    (like) => loadLike(api, loaded, authors[like.author], posts[like.post]),
    options,
  );
  return loaded;
}

async function loadPerson(api: Api, loaded: Loaded, person: Person): Promise<Author> {
  const session = await api.signUp(person);
  const postIds = session.wasThere ? await api.postsOf(session) : new Map<string, string>();
  loaded[session.wasThere ? 'found' : 'made'].people += 1;
  return { ...session, postIds };
}

async function loadPost(
  api: Api,
  loaded: Loaded,
  { title, content, tags }: PlannedPost,
  author: Author | undefined,
): Promise<Post | undefined> {
  if (author === undefined) return undefined;
  const foundId = author.postIds.get(title);
  if (foundId === undefined) {
    const id = await api.createPost(author, { title, content, tags });
    loaded.made.posts += 1;
    return { id, commenterIds: new Set() };
  }
  const commenterIds = await api.commentersOf(author, foundId);
  loaded.found.posts += 1;
  return { id: foundId, commenterIds };
}

async function loadComment(
  api: Api,
  loaded: Loaded,
  { content }: PlannedComment,
  author: Author | undefined,
  post: Post | undefined,
): Promise<void> {
  if (author === undefined || post === undefined) return;
  const isFound = post.commenterIds.has(author.userId);
  if (!isFound) await api.createComment(author, post.id, content);
  loaded[isFound ? 'found' : 'made'].comments += 1;
}

async function loadLike(api: Api, loaded: Loaded, author: Author | undefined, post: Post | undefined): Promise<void> {
  if (author === undefined || post === undefined) return;
  await api.like(author, post.id);
  loaded.likes += 1;
}
