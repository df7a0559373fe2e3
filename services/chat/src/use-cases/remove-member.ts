import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { participantIn } from '../domain/chat.ts';
import { takeOut } from './take-out.ts';

type Parts = Pick<ChatContext, 'chats' | 'readMarks' | 'people' | 'projects' | 'jobs' | 'clock'>;

/** Takes somebody who has left a project out of its chat. */
export async function removeMember(
  ctx: Parts,
  { projectId, userId, revision }: { projectId: string; userId: string; revision: number },
  tx: Transaction,
): Promise<void> {
  const project = await ctx.projects.hold(projectId, tx);
  if (project.isGone || (await isErased(ctx, userId))) return;
  if (!(await ctx.projects.noteMember({ projectId, userId, revision }, tx))) return;
  const chat = await ctx.chats.findByProject(projectId, tx);
  if (chat && participantIn(chat, userId)) await takeOut(ctx, { chat, userId }, tx);
}

/** Nothing is noted of who has been erased: they are out of all chats already, or will be. */
const isErased = async ({ people }: Parts, userId: string): Promise<boolean> =>
  (await people.find([userId])).some((person) => person.isErased);
