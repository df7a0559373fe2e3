import { announce, read, readNotifications } from './reading-operations.ts';
import { logInAgain, registerSomebody } from './account-operations.ts';
import { createComment, createReply, deleteComment, editComment } from './comment-operations.ts';
import { likeComment, likePost } from './like-operations.ts';
import { createPost, deletePost, editPost, editStalePost } from './post-operations.ts';
import type { Operation, Stage } from './stage.ts';

/** What people do, and how often in comparison. */
const MIX: readonly (readonly [Operation, number])[] = [
  [createPost, 20],
  [editPost, 18],
  [editStalePost, 3],
  [deletePost, 4],
  [createComment, 30],
  [createReply, 18],
  [editComment, 10],
  [deleteComment, 6],
  [likePost, 35],
  [likeComment, 25],
  [read, 30],
  [readNotifications, 15],
  [announce, 2],
  [logInAgain, 2],
  [registerSomebody, 1],
];

/** So many may be on their way at once; what is due then is left out, and counted. */
const MOST_AT_ONCE = 250;

export type Load = {
  /** Begins nothing more, and waits for what was begun. Gives how many requests were due and left out. */
  stop(): Promise<{ leftOut: number }>;
};

/** Has people do things, so many a second, whether or not the platform keeps up. */
export function startLoad(stage: Stage, rate: number): Load {
  const running = new Set<Promise<void>>();
  let leftOut = 0;

  function begin(): void {
    if (running.size >= MOST_AT_ONCE) return void (leftOut += 1);
    const task = pickOperation(stage)(stage)
      .catch((error: unknown) => stage.traffic.surprise(`the load itself failed: ${String(error)}`))
      .finally(() => running.delete(task));
    running.add(task);
  }

  const timer = setInterval(begin, 1_000 / rate);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(running);
      return { leftOut };
    },
  };
}

const ALL_SHARES = MIX.reduce((sum, [, share]) => sum + share, 0);

function pickOperation({ random }: Stage): Operation {
  let left = random.next() * ALL_SHARES;
  for (const [operation, share] of MIX) {
    left -= share;
    if (left < 0) return operation;
  }
  return read;
}
