import { noteDeletion, noteEdit, noteLoose, type CommentEntry } from '../ledger/ledger.ts';
import type { Answer } from './api.ts';
import { insist } from './insist.ts';
import { recentComment, recentPost, type LoadUser, type Operation, type Stage } from './stage.ts';

/** A comment on a post. */
export const createComment: Operation = async (stage) => {
  const post = recentPost(stage);
  if (post) await write(stage, post.id, null);
};

/** An answer to a comment. */
export const createReply: Operation = async (stage) => {
  const parent = recentComment(stage);
  if (parent) await write(stage, parent.postId, parent.id);
};

async function write(stage: Stage, postId: string, parentId: string | null): Promise<void> {
  const { api, ledger, random, tags, users, words } = stage;
  const user = random.pick(users);
  const content = words(parentId === null ? 'comment' : 'reply');
  const { answer } = await insist(() =>
    api.ask({
      purpose: parentId === null ? 'create comment' : 'create reply',
      method: 'POST',
      path: '/api/comments',
      token: user.token,
      headers: { 'idempotency-key': content },
      body: { post_id: postId, content, ...(parentId !== null && { parent: parentId }) },
    }),
  );
  if (answer?.status !== 201) {
    if (answer) judgeRefusal(stage, answer, postId, parentId);
    return noteLoose(ledger, { kind: 'comment', words: content, place: postId }, answer ? 'refused' : 'lost');
  }
  const id = answer.body.id as string;
  const etag = answer.headers.get('etag');
  if (etag !== null) tags.set(id, etag);
  const entry = { id, authorId: user.id, postId, parentId, contents: [content], at: Date.now() };
  ledger.comments.set(id, { ...entry, gone: 'no' });
}

/** Refused may be what stands below something that goes at the same time, and nothing else. */
function judgeRefusal({ ledger, traffic }: Stage, { status }: Answer, postId: string, parentId: string | null): void {
  const isPostGoing = ledger.posts.get(postId)?.gone !== 'no';
  const isParentGoing = parentId !== null && ledger.comments.get(parentId)?.gone !== 'no';
  if ((status === 404 && isPostGoing) || (status === 400 && (isParentGoing || isPostGoing))) return;
  traffic.surprise(`commenting on post ${postId} answered ${status}`);
}

/** An edit of a comment whose `ETag` is known. */
export const editComment: Operation = async (stage) => {
  const own = pickOwn(stage);
  const etag = own && stage.tags.get(own.comment.id);
  if (!own || etag === undefined) return;
  const { user, comment } = own;
  await stage.alone(comment.id, async () => {
    const content = stage.words('edit');
    const { answer, wasUnsure } = await insist(() =>
      stage.api.ask({
        purpose: 'edit comment',
        method: 'PUT',
        path: `/api/comments/${comment.id}`,
        token: user.token,
        headers: { 'if-match': stage.tags.get(comment.id) ?? etag },
        body: { content },
      }),
    );
    const isDone = answer?.status === 200 || (answer?.status === 412 && wasUnsure);
    const fresh = answer?.status === 200 ? answer.headers.get('etag') : null;
    if (fresh === null) stage.tags.delete(comment.id);
    else stage.tags.set(comment.id, fresh);
    const isPostGoing = answer?.status === 404 && stage.ledger.posts.get(comment.postId)?.gone !== 'no';
    if (answer && !isDone && !isPostGoing)
      stage.traffic.surprise(`editing comment ${comment.id} answered ${answer.status}`);
    noteEdit(comment, content, isDone ? 'done' : answer ? 'refused' : 'lost');
  });
};

/** A deletion of a comment. */
export const deleteComment: Operation = async (stage) => {
  const own = pickOwn(stage);
  if (!own) return;
  const { user, comment } = own;
  await stage.alone(comment.id, async () => {
    comment.gone = 'maybe';
    const { answer, wasUnsure } = await insist(() =>
      stage.api.ask({
        purpose: 'delete comment',
        method: 'DELETE',
        path: `/api/comments/${comment.id}`,
        token: user.token,
      }),
    );
    const isPostGoing = stage.ledger.posts.get(comment.postId)?.gone !== 'no';
    const isDone = answer?.status === 204 || (answer?.status === 404 && (wasUnsure || isPostGoing));
    if (answer && !isDone) stage.traffic.surprise(`deleting comment ${comment.id} answered ${answer.status}`);
    noteDeletion(comment, isDone ? 'done' : 'lost');
  });
};

function pickOwn(stage: Stage): { user: LoadUser; comment: CommentEntry } | undefined {
  const user = stage.random.pick(stage.users);
  const comment = recentComment(stage, user.id);
  return comment && { user, comment };
}
