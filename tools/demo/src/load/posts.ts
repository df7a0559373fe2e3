import { inParallel } from '../in-parallel.ts';
import type { Plan } from '../plan.ts';
import type { PlannedPost } from '../plan/posts.ts';
import type { Loading } from './loading.ts';
import { makeUnless } from './loading.ts';
import type { Members } from './people.ts';

interface Post {
  id: string;
  /** ids of those who commented in an earlier run */
  commenterIds: Set<string>;
}

/** Has everybody write their posts, and their friends comment and like them. */
export async function loadPosts(loading: Loading, plan: Plan, members: Members): Promise<void> {
  const { api, loaded } = loading;
  const posts = await inParallel('posts', plan.posts, (post) => loadPost(loading, post, members), loading);
  await inParallel(
    'comments',
    plan.comments,
    async ({ author, post, content }) => {
      const [member, written] = [members[author], posts[post]];
      if (member === undefined || written === undefined) return;
      const isThere = written.commenterIds.has(member.userId);
      await makeUnless(isThere, 'comments', loaded, () => api.createComment(member, written.id, content));
    },
    loading,
  );
  await inParallel(
    'likes',
    plan.likes,
    async ({ author, post }) => {
      const [member, written] = [members[author], posts[post]];
      if (member === undefined || written === undefined) return;
      await api.like(member, written.id);
      loaded.likes += 1;
    },
    loading,
  );
}

async function loadPost(
  { api, loaded }: Loading,
  { author, title, content, tags }: PlannedPost,
  members: Members,
): Promise<Post | undefined> {
  const member = members[author];
  if (member === undefined) return undefined;
  const foundId = member.postIds.get(title);
  if (foundId === undefined) {
    const id = await api.createPost(member, { title, content, tags });
    loaded.made.posts += 1;
    return { id, commenterIds: new Set() };
  }
  const commenterIds = await api.commentersOf(member, foundId);
  loaded.found.posts += 1;
  return { id: foundId, commenterIds };
}
