import { commentTarget, goneWithPost, isLikedBy, noteLike, postTarget, type Target } from '../ledger/ledger.ts';
import { insist } from './insist.ts';
import { recentComment, recentPost, type Operation, type Stage } from './stage.ts';

/** A like of a post, or its end. */
export const likePost: Operation = async (stage) => {
  const post = recentPost(stage);
  if (post) await change(stage, postTarget(post.id), `/api/posts/${post.id}/like`);
};

/** A like of a comment, or its end. */
export const likeComment: Operation = async (stage) => {
  const comment = recentComment(stage);
  if (comment) await change(stage, commentTarget(comment.id), `/api/comments/${comment.id}/like`);
};

async function change(stage: Stage, target: Target, path: string): Promise<void> {
  const { api, ledger, random, users, words } = stage;
  const user = random.pick(users);
  const key = `${target} ${user.id}`;
  await stage.alone(key, async () => {
    const before = isLikedBy(ledger, target, user.id);
    if (before === 'maybe' || stage.tags.get(key) === FROZEN) return;
    const method = random.pick(['POST', before === 'yes' ? 'DELETE' : 'PUT']);
    const headers = method === 'POST' ? { 'idempotency-key': words('toggle') } : {};
    const { answer, wasUnsure } = await insist(() =>
      api.ask({ purpose: `${method} like`, method, path, token: user.token, headers }),
    );
    // A request that was given up may still arrive, after one that says the opposite: there shall be none.
    if (wasUnsure) stage.tags.set(key, FROZEN);
    if (answer?.status === 200) return noteLiked(stage, { target, userId: user.id, before, answer });
    if (!answer) return noteLike(ledger, target, user.id, 'maybe');
    if (answer.status !== 404 || goneOf(stage, target) === 'no')
      stage.traffic.surprise(`${method} ${path} answered ${answer.status}`);
  });
}

const FROZEN = 'frozen';

type Liked = { target: Target; userId: string; before: 'yes' | 'no'; answer: { body: { liked: boolean } } };

function noteLiked({ ledger, traffic }: Stage, { target, userId, before, answer }: Liked): void {
  const { liked } = answer.body;
  if (liked === (before === 'yes')) traffic.surprise(`${userId} changed the like of ${target}, and nothing changed`);
  noteLike(ledger, target, userId, liked ? 'yes' : 'no');
}

function goneOf({ ledger }: Stage, target: Target): string {
  const [kind, id = ''] = target.split(':');
  const comment = ledger.comments.get(id);
  return (kind === 'post' ? ledger.posts.get(id)?.gone : comment && goneWithPost(ledger, comment)) ?? 'yes';
}
