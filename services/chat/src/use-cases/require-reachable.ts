import type { ChatContext } from '../context.ts';
import type { Person } from '../data/person-store.ts';
import { Blocked, MessagesNotTaken, UserNotFound } from '../domain/chat-errors.ts';

type Parts = Pick<ChatContext, 'people' | 'users' | 'blocks' | 'follows'>;

/**
 * Those whom somebody wants to reach, if all of them have an account, none is apart from them by a block, and all take messages
 * from them.
 * @throws UserNotFound, Blocked, MessagesNotTaken
 */
export async function requireReachable(ctx: Parts, userId: string, ids: readonly string[]): Promise<Person[]> {
  const found = await findPeople(ctx, ids);
  const hidden = new Set(await ctx.blocks.hiddenFrom(userId));
  if (ids.some((id) => hidden.has(id))) throw new Blocked();
  const taken = await Promise.all(found.map((person) => takesMessages(ctx, person, userId)));
  if (taken.includes(false)) throw new MessagesNotTaken();
  return found;
}

/** People in the order in which they are named. Whoever was never heard of here is asked for where accounts are. @throws UserNotFound */
export async function findPeople(
  { people, users }: Pick<Parts, 'people' | 'users'>,
  ids: readonly string[],
): Promise<Person[]> {
  let found = await people.find(ids);
  const known = new Set(found.filter(({ username }) => username !== '').map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id) && !found.some((person) => person.id === id && person.isErased));
  if (unknown.length > 0) {
    const names = (await users.names(unknown)).filter(({ isDeleted }) => !isDeleted);
    await Promise.all(names.map((name) => people.rename(name)));
    found = await people.find(ids);
  }
  if (ids.some((id) => !found.some((person) => person.id === id && !person.isErased && person.username !== '')))
    throw new UserNotFound();
  return ids.flatMap((id) => found.find((person) => person.id === id) ?? []);
}

async function takesMessages({ follows }: Pick<Parts, 'follows'>, person: Person, userId: string): Promise<boolean> {
  if (person.messagesFrom === 'everyone') return true;
  return person.messagesFrom === 'followers' && follows.holds(userId, person.id);
}
