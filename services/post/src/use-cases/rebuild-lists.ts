import type { PostStore } from '../data/post-store.ts';

const PAGE = 500;

/** Has every post stand in the lists in which it should, and in no others; one that changes meanwhile is right by itself. */
export async function rebuildLists({ posts }: { posts: PostStore }): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let page = await posts.listById({ limit: PAGE }); page.length > 0; page = await next(posts, page)) {
    result.corrected += await posts.correctLists(page);
    result.checked += page.length;
  }
  return result;
}

async function next(posts: PostStore, page: Awaited<ReturnType<PostStore['listById']>>) {
  const last = page.at(-1);
  return last ? posts.listById({ after: last.id, limit: PAGE }) : [];
}
