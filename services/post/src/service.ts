import { defineService, rebuildBlocks, rebuildFollows } from '@commons/platform';
import { migrations } from '../migrations/index.ts';
import { config } from './config.ts';
import { createContext } from './context.ts';
import { routes } from './routes/index.ts';
import { subscriptions } from './subscriptions/index.ts';
import { eraseAuthor } from './use-cases/erase-author.ts';
import { rebuildAuthorNames } from './use-cases/rebuild-author-names.ts';
import { rebuildCopiedCounts } from './use-cases/rebuild-copied-counts.ts';
import { rebuildLists } from './use-cases/rebuild-lists.ts';
import { rebuildTagCounts } from './use-cases/rebuild-tag-counts.ts';

/** The owner of posts: what users publish, with its images, tags and views. */
export const service = defineService({
  name: 'post',
  config,
  createContext,
  routes,
  subscriptions,
  migrations,
  rebuilds: [
    { name: 'likes', run: (ctx) => rebuildCopiedCounts(ctx.likesCounts, ctx.likes.counts) },
    { name: 'comments', run: (ctx) => rebuildCopiedCounts(ctx.commentsCounts, ctx.comments.counts) },
    { name: 'authors', run: rebuildAuthorNames },
    { name: 'tags', run: rebuildTagCounts },
    { name: 'lists', run: rebuildLists },
    { name: 'follows', run: rebuildFollows },
    { name: 'blocks', run: rebuildBlocks },
  ],
  async start(ctx) {
    ctx.imageBacklog.start();
    ctx.tagBacklog.start();
    await ctx.jobs.start({ 'erase-author': (run) => eraseAuthor(ctx, run) });
  },
  async stop(ctx) {
    await Promise.all([ctx.imageBacklog.stop(), ctx.tagBacklog.stop(), ctx.jobs.stop()]);
  },
});
