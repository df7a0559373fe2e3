import pLimit from 'p-limit';
import type { RealtimeContext } from '../context.ts';

/** Users whose contacts are asked for at the same time. */
const AT_A_TIME = 10;

/** By user, those who share a chat with them. @throws where `chat` is away. */
export async function contactsOfAll(
  { chats }: Pick<RealtimeContext, 'chats'>,
  userIds: readonly string[],
): Promise<Map<string, string[]>> {
  const limit = pLimit(AT_A_TIME);
  return new Map(await limit.map(userIds, async (userId) => [userId, await chats.contactsOf(userId)] as const));
}
