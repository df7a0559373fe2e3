import type { RealtimeContext } from '../context.ts';
import { noteVisibility } from './note-visibility.ts';

const PAGE = 500;

/** Asks `profile` anew who would not have it known that they are there. Who shows it and was never here is not kept. */
export async function rebuildVisibility(
  ctx: Pick<RealtimeContext, 'presences' | 'chats' | 'profiles' | 'transaction'>,
): Promise<{ checked: number; corrected: number }> {
  const result = { checked: 0, corrected: 0 };
  for (let after: string | undefined; ;) {
    const page = await ctx.profiles.list(after, PAGE);
    const last = page.at(-1);
    if (!last) return result;
    const known = await ctx.presences.find(page.map(({ user_id }) => user_id));
    for (const { user_id, show_online, revision } of page) {
      if (show_online && !known.has(user_id)) continue;
      const visibility = { userId: user_id, isHidden: !show_online, revision };
      if (await ctx.transaction((tx) => noteVisibility(ctx, visibility, tx))) result.corrected += 1;
    }
    result.checked += page.length;
    after = last.user_id;
  }
}
