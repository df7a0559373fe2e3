import { recentPost, type Stage } from './stage.ts';

/** What a post reader's exchanges are for. */
export const POST_READING = 'posts go on';

const EVERY_MS = 250;

/** Reads posts as nobody in particular, four times a second, whatever happens. */
export function startPostReader(stage: Stage): { stop(): Promise<void> } {
  const running = new Set<Promise<unknown>>();
  let turn = 0;
  const timer = setInterval(() => {
    const post = turn++ % 2 === 0 ? undefined : recentPost(stage);
    const path = post ? `/api/posts/${post.id}` : '/api/posts?limit=5';
    const task = stage.api.ask({ purpose: POST_READING, method: 'GET', path }).finally(() => running.delete(task));
    running.add(task);
  }, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(running);
    },
  };
}
