import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';
import { participantIn, recipientsOf, type Chat, type Participant } from '../domain/chat.ts';
import { announceChat, announceParticipant } from './announce-chat.ts';
import { takeOut } from './take-out.ts';

type Parts = Pick<ChatContext, 'chats' | 'readMarks' | 'people' | 'projects' | 'jobs' | 'clock'>;

/** Somebody comes to a project or leaves it, as `project` tells of it. */
export type MemberNews = {
  projectId: string;
  projectTitle: string;
  ownerId: string;
  user: { id: string; username: string };
  /** Order of such changes in the project. */
  revision: number;
};

/** Brings a member of a project into its chat, which begins with the first one beside the owner. */
export async function bringMember(ctx: Parts, news: MemberNews, tx: Transaction): Promise<void> {
  const { projectId, ownerId, user } = news;
  const project = await ctx.projects.hold(projectId, tx);
  if (project.isGone) return;
  const alive = await ctx.people.meet([user], tx);
  if (!alive.has(user.id)) return;
  if (!(await ctx.projects.noteMember({ projectId, userId: user.id, revision: news.revision }, tx))) return;
  const chat = await ctx.chats.findByProject(projectId, tx);
  if (!chat && user.id === ownerId) return;
  if (!chat) return begin(ctx, news, project.title ?? news.projectTitle, tx);
  if (participantIn(chat, user.id)) return;
  await join(
    ctx,
    chat,
    { userId: user.id, role: user.id === ownerId ? 'admin' : 'member', joinedAt: ctx.clock.now() },
    tx,
  );
}

/** Takes somebody who has left a project out of its chat. */
export async function removeMember(
  ctx: Parts,
  { projectId, user, revision }: Pick<MemberNews, 'projectId' | 'user' | 'revision'>,
  tx: Transaction,
): Promise<void> {
  const project = await ctx.projects.hold(projectId, tx);
  if (project.isGone || (await isErased(ctx, user.id))) return;
  if (!(await ctx.projects.noteMember({ projectId, userId: user.id, revision }, tx))) return;
  const chat = await ctx.chats.findByProject(projectId, tx);
  if (chat && participantIn(chat, user.id)) await takeOut(ctx, { chat, userId: user.id }, tx);
}

/** Nothing is noted of who has been erased: they are out of all chats already, or will be. */
const isErased = async ({ people }: Parts, userId: string): Promise<boolean> =>
  (await people.find([userId])).some((person) => person.isErased);

async function begin(ctx: Parts, news: MemberNews, title: string, tx: Transaction): Promise<void> {
  const { projectId, ownerId, user } = news;
  const at = ctx.clock.now();
  const [owner] = await ctx.people.find([ownerId]);
  const alive = await ctx.people.meet([{ id: ownerId, username: owner?.username ?? '' }], tx);
  const admins: Participant[] = alive.has(ownerId) ? [{ userId: ownerId, role: 'admin', joinedAt: at }] : [];
  const participants: Participant[] = [...admins, { userId: user.id, role: 'member', joinedAt: at }];
  const chat = await ctx.chats.create({ type: 'project', title, projectId, pair: null, participants, at }, tx);
  await ctx.readMarks.open(chat, recipientsOf(chat), tx);
  announceChat(chat, ownerId, tx);
}

async function join(ctx: Parts, chat: Chat, participant: Participant, tx: Transaction): Promise<void> {
  const participants = [...chat.participants, participant];
  const changed = await ctx.chats.setParticipants(chat.id, { participants, at: participant.joinedAt }, tx);
  await ctx.readMarks.open(chat, [participant.userId], tx);
  announceParticipant(changed, participant, tx);
}
