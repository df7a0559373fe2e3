import { noteDeletion, noteEdit, noteLoose, type PostEntry } from '../ledger/ledger.ts';
import { insist } from './insist.ts';
import { recentPost, type LoadUser, type Operation, type Stage } from './stage.ts';

const TAGS = 5;

/** A post, once, however often it had to be asked for. */
export const createPost: Operation = async ({ api, ledger, random, tags: etags, traffic, users, words, label }) => {
  const user = random.pick(users);
  const title = words('post');
  const tags = random.chance(0.7) ? [`${label}-${random.whole(1, TAGS)}`] : [];
  const content = `${title} as it was first`;
  const { answer } = await insist(() =>
    api.ask({
      purpose: 'create post',
      method: 'POST',
      path: '/api/posts',
      token: user.token,
      headers: { 'idempotency-key': title },
      body: { title, content, tags },
    }),
  );
  if (answer?.status !== 201) {
    if (answer) traffic.surprise(`creating a post answered ${answer.status}`);
    return noteLoose(ledger, { kind: 'post', words: title, place: user.id }, answer ? 'refused' : 'lost');
  }
  const id = answer.body.id as string;
  noteTag(etags, id, answer.headers);
  ledger.posts.set(id, { id, authorId: user.id, title, tags, contents: [content], gone: 'no', at: Date.now() });
};

/** An edit of what is known: an earlier attempt that came through shows by the precondition that fails. */
export const editPost: Operation = async (stage) => {
  const own = pickOwn(stage);
  if (!own) return;
  await stage.alone(own.post.id, async () => {
    const etag = stage.tags.get(own.post.id) ?? (await readTag(stage, own.post.id));
    if (etag === undefined || own.post.contents.length > 1) return;
    await edit(stage, own, etag);
  });
};

async function edit({ api, tags, traffic, words }: Stage, { user, post }: Own, etag: string): Promise<void> {
  const content = words('edit');
  const { answer, wasUnsure } = await insist(() =>
    api.ask({
      purpose: 'edit post',
      method: 'PATCH',
      path: `/api/posts/${post.id}`,
      token: user.token,
      headers: { 'if-match': etag },
      body: { content },
    }),
  );
  tags.delete(post.id);
  if (answer?.status === 200) noteTag(tags, post.id, answer.headers);
  const isDone = answer?.status === 200 || (answer?.status === 412 && wasUnsure);
  if (answer && !isDone) traffic.surprise(`editing post ${post.id} answered ${answer.status}`);
  noteEdit(post, content, isDone ? 'done' : answer ? 'refused' : 'lost');
}

/** An edit of something older is refused, whatever else is going on. */
export const editStalePost: Operation = async (stage) => {
  const own = pickOwn(stage);
  if (!own) return;
  const { api, traffic, words } = stage;
  const { status } = await api.ask({
    purpose: 'edit stale post',
    method: 'PATCH',
    path: `/api/posts/${own.post.id}`,
    token: own.user.token,
    headers: { 'if-match': '"999999-none"' },
    body: { content: words('stale') },
  });
  const isDeletedMeanwhile = status === 404 && own.post.gone !== 'no';
  if (status > 0 && status < 500 && status !== 412 && !isDeletedMeanwhile)
    traffic.surprise(`a stale edit of post ${own.post.id} answered ${status}`);
};

/** A deletion; one that was done and not answered shows by the post being gone. */
export const deletePost: Operation = async (stage) => {
  const own = pickOwn(stage);
  if (!own) return;
  const { user, post } = own;
  await stage.alone(post.id, async () => {
    post.gone = 'maybe';
    const { answer, wasUnsure } = await insist(() =>
      stage.api.ask({ purpose: 'delete post', method: 'DELETE', path: `/api/posts/${post.id}`, token: user.token }),
    );
    const isDone = answer?.status === 204 || (answer?.status === 404 && wasUnsure);
    if (answer && !isDone) stage.traffic.surprise(`deleting post ${post.id} answered ${answer.status}`);
    noteDeletion(post, isDone ? 'done' : 'lost');
  });
};

type Own = { user: LoadUser; post: PostEntry };

function pickOwn(stage: Stage): Own | undefined {
  const user = stage.random.pick(stage.users);
  const post = recentPost(stage, user.id);
  return post && { user, post };
}

async function readTag({ api, tags }: Stage, id: string): Promise<string | undefined> {
  const { status, headers } = await api.ask({ purpose: 'read post', method: 'GET', path: `/api/posts/${id}` });
  return status === 200 ? noteTag(tags, id, headers) : undefined;
}

function noteTag(tags: Map<string, string>, id: string, headers: Headers): string | undefined {
  const etag = headers.get('etag');
  if (etag === null) return undefined;
  tags.set(id, etag);
  return etag;
}
