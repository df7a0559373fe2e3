import type { Target } from './target.ts';

/** The jobs of `like`, and what each carries from step to step. */
export type LikeJobs = {
  'purge-target': Target;
  'close-comments': { post_id: string };
  'erase-liker': { user_id: string };
};
