import { Unauthorized } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { TooManyParticipants, UserNotFound } from '../domain/chat-errors.ts';
import { MAX_PARTICIPANTS, recipientsOf, type Chat, type Participant } from '../domain/chat.ts';
import type { Actor } from '../domain/person.ts';
import { announceChat } from './announce-chat.ts';
import { requireReachable } from './require-reachable.ts';

type Parts = Pick<
  ChatContext,
  'chats' | 'readMarks' | 'people' | 'users' | 'blocks' | 'follows' | 'transaction' | 'clock' | 'log'
>;

export type NewGroup = { user: Actor; participantIds: readonly string[]; title: string | null };

/**
 * Makes a group, whose maker is its admin.
 * @throws TooManyParticipants, UserNotFound, Blocked, MessagesNotTaken
 */
export async function createGroup(ctx: Parts, { user, participantIds, title }: NewGroup): Promise<Chat> {
  const otherIds = [...new Set(participantIds)].filter((id) => id !== user.id);
  if (otherIds.length >= MAX_PARTICIPANTS) throw new TooManyParticipants('participant_ids', MAX_PARTICIPANTS - 1);
  const others = await requireReachable(ctx, user.id, otherIds);
  const chat = await ctx.transaction(async (tx) => {
    const at = ctx.clock.now();
    const alive = await ctx.people.meet([user, ...others], tx);
    if (!alive.has(user.id)) throw new Unauthorized('This account has been deleted.', 'token_revoked');
    if (alive.size <= others.length) throw new UserNotFound();
    const admin: Participant = { userId: user.id, role: 'admin', joinedAt: at };
    const members = otherIds.map((userId): Participant => ({ userId, role: 'member', joinedAt: at }));
    const made = await ctx.chats.create(
      { type: 'group', title, projectId: null, pair: null, participants: [admin, ...members], at },
      tx,
    );
    await ctx.readMarks.open(made, recipientsOf(made), tx);
    announceChat(made, user.id, tx);
    return made;
  });
  ctx.log.info({ chatId: chat.id }, 'group created');
  return chat;
}
