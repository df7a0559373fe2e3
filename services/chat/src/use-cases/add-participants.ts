import type { ChatContext } from '../context.ts';
import { TooManyParticipants, UserNotFound } from '../domain/chat-errors.ts';
import { MAX_PARTICIPANTS, participantIn, type Chat, type Participant } from '../domain/chat.ts';
import type { Actor } from '../domain/person.ts';
import { announceParticipant } from './announce-chat.ts';
import { requireGroupAdmin } from './require-group-admin.ts';
import { findOwnChat } from './find-own-chat.ts';
import { requireReachable } from './require-reachable.ts';

type Parts = Pick<
  ChatContext,
  'chats' | 'readMarks' | 'people' | 'users' | 'blocks' | 'follows' | 'transaction' | 'queue' | 'clock' | 'log'
>;

export type AddParticipants = { chatId: string; user: Actor; userIds: readonly string[] };

/**
 * Brings some into a group; who is there already stays as they are.
 * @throws ChatNotFound, NotAGroup, NotAnAdmin, UserNotFound, Blocked, MessagesNotTaken, TooManyParticipants
 */
export async function addParticipants(
  ctx: Parts,
  { chatId, user, userIds }: AddParticipants,
): Promise<{ chat: Chat; added: number }> {
  const own = { chatId, userId: user.id };
  const before = requireGroupAdmin(await findOwnChat(ctx, own), user.id);
  const wanted = [...new Set(userIds)].filter((id) => !participantIn(before, id));
  const found = await requireReachable(ctx, user.id, wanted);
  const result = await ctx.queue(chatId, () =>
    ctx.transaction(async (tx) => {
      const chat = requireGroupAdmin(await findOwnChat(ctx, own, tx), user.id);
      const news = found.filter(({ id }) => !participantIn(chat, id));
      if (news.length === 0) return { chat, added: 0 };
      if (chat.participants.length + news.length > MAX_PARTICIPANTS)
        throw new TooManyParticipants('user_ids', MAX_PARTICIPANTS - chat.participants.length);
      if ((await ctx.people.meet(news, tx)).size < news.length) throw new UserNotFound();
      const at = ctx.clock.now();
      const added = news.map(({ id }): Participant => ({ userId: id, role: 'member', joinedAt: at }));
      const participants = [...chat.participants, ...added];
      const changed = await ctx.chats.setParticipants(chatId, { participants, at }, tx);
      await ctx.readMarks.open(
        chat,
        added.map(({ userId }) => userId),
        tx,
      );
      for (const participant of added) announceParticipant(changed, participant, tx);
      return { chat: changed, added: added.length };
    }),
  );
  if (result.added > 0) ctx.log.info({ chatId, added: result.added }, 'participants added');
  return result;
}
