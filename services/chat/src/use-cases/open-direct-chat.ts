import { Unauthorized, type Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { Blocked, UserNotFound } from '../domain/chat-errors.ts';
import { pairOf, participantIn, recipientsOf, type Chat } from '../domain/chat.ts';
import type { Actor } from '../domain/person.ts';
import { announceChat, announceParticipant } from './announce-chat.ts';
import { findPeople, requireReachable } from './require-reachable.ts';

type Parts = Pick<
  ChatContext,
  'chats' | 'readMarks' | 'people' | 'users' | 'blocks' | 'follows' | 'transaction' | 'queue' | 'clock' | 'log'
>;

/**
 * The chat of two, made where there is none yet. One that is there goes on, whatever the other's settings say by now; a block
 * forbids it.
 * @throws UserNotFound, Blocked, MessagesNotTaken
 */
export async function openDirectChat(
  ctx: Parts,
  { user, otherId }: { user: Actor; otherId: string },
): Promise<{ chat: Chat; isNew: boolean }> {
  const pair = pairOf(user.id, otherId);
  const [other] = (await ctx.chats.findByPair(pair))
    ? await requireApproachable(ctx, user.id, otherId)
    : await requireReachable(ctx, user.id, [otherId]);
  const opened = await ctx.queue(`${pair.lowId}:${pair.highId}`, () =>
    ctx.transaction(async (tx) => {
      const chat = await ctx.chats.findByPair(pair, tx);
      if (chat) return { chat: await bringBack(ctx, chat, user.id, tx), isNew: false };
      return { chat: await create(ctx, user, { id: otherId, username: other?.username ?? '' }, tx), isNew: true };
    }),
  );
  if (opened.isNew) ctx.log.info({ chatId: opened.chat.id }, 'direct chat created');
  return opened;
}

async function requireApproachable(ctx: Parts, userId: string, otherId: string) {
  const found = await findPeople(ctx, [otherId]);
  if (await ctx.blocks.areApart(userId, otherId)) throw new Blocked();
  return found;
}

async function create({ chats, readMarks, people, clock }: Parts, user: Actor, other: Actor, tx: Transaction) {
  const at = clock.now();
  const alive = await people.meet([user, other], tx);
  if (!alive.has(user.id)) throw new Unauthorized('This account has been deleted.', 'token_revoked');
  if (!alive.has(other.id)) throw new UserNotFound();
  const participants = [user, other].map(({ id }) => ({ userId: id, role: 'member' as const, joinedAt: at }));
  const chat = await chats.create(
    { type: 'direct', title: null, projectId: null, pair: pairOf(user.id, other.id), participants, at },
    tx,
  );
  await readMarks.open(chat, recipientsOf(chat), tx);
  announceChat(chat, user.id, tx);
  return chat;
}

/** Takes a direct chat out again for one of the two who had put it away; for one who had not, nothing changes. */
export async function bringBack(
  { chats, readMarks, clock }: Pick<Parts, 'chats' | 'readMarks' | 'clock'>,
  chat: Chat,
  userId: string,
  tx: Transaction,
): Promise<Chat> {
  const back = chat.away.find((participant) => participant.userId === userId);
  if (!back || participantIn(chat, userId)) return chat;
  const away = chat.away.filter((participant) => participant !== back);
  const changed = await chats.setParticipants(
    chat.id,
    { participants: [...chat.participants, back], away, at: clock.now() },
    tx,
  );
  await readMarks.open(chat, [userId], tx);
  announceParticipant(changed, back, tx);
  return changed;
}
