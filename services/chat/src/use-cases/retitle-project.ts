import type { Transaction } from '@commons/platform';
import type { ChatContext } from '../context.ts';

type Parts = Pick<ChatContext, 'chats' | 'projects' | 'clock'>;

export type ProjectTitle = { projectId: string; title: string; revision: number };

/** The chat of a project is called as the project is, by its latest title. */
export async function retitleProject(
  { chats, projects, clock }: Parts,
  { projectId, title, revision }: ProjectTitle,
  tx: Transaction,
): Promise<void> {
  if ((await projects.hold(projectId, tx)).isGone) return;
  if (!(await projects.retitle(projectId, { title, revision }, tx))) return;
  const chat = await chats.findByProject(projectId, tx);
  if (chat && chat.title !== title) await chats.rename(chat.id, title, clock.now(), tx);
}
