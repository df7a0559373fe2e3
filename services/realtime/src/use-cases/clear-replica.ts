import type { RealtimeContext } from '../context.ts';
import { movePresence } from './move-presence.ts';

const AT_A_TIME = 100;

/**
 * Looks for a replica that has died, and notes that nobody is there any more. If this one dies over it as well, another goes on.
 * @param by the replica that does it. @param holdMs how long it has, before another one takes over.
 * @returns whether there was one.
 */
export async function clearReplica(
  ctx: Pick<RealtimeContext, 'chats' | 'presences' | 'replicas' | 'transaction' | 'log'>,
  { by, holdMs }: { by: string; holdMs: number },
): Promise<boolean> {
  const dead = await ctx.replicas.takeExpired(by, holdMs);
  if (dead === undefined) return false;
  let users = 0;
  for (;;) {
    const some = await ctx.presences.atReplica(dead, AT_A_TIME);
    if (some.length === 0) break;
    await movePresence(ctx, dead, new Map(some.map((userId) => [userId, false])));
    await ctx.replicas.hold(dead, holdMs);
    users += some.length;
  }
  await ctx.replicas.remove(dead);
  ctx.log.info({ replica: dead, users }, 'a replica has gone, and its users with it');
  return true;
}
