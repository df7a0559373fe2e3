import { participantRemoved } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { dropChat } from './take-out.ts';

/** With a project its chat goes, for good; each of those who took part is told. */
export async function forgetProject(
  ctx: Pick<ChatContext, 'chats' | 'projects' | 'jobs'>,
  projectId: string,
  tx: Transaction,
): Promise<void> {
  await ctx.projects.hold(projectId, tx);
  await ctx.projects.bury(projectId, tx);
  const chat = await ctx.chats.findByProject(projectId, tx);
  if (!chat) return;
  await dropChat(ctx, chat.id, tx);
  for (const { userId } of chat.participants)
    tx.emit(participantRemoved, chat.id, {
      chat_id: chat.id,
      user_id: userId,
      revision: chat.participantsRevision + 1,
      recipient_ids: [],
    });
}
