import type { SubscriptionContext } from '../context.ts';
import { isKnown, type KnownPerson } from '../domain/person.ts';
import { UserNotFound } from '../domain/subscription-errors.ts';

type Parts = Pick<SubscriptionContext, 'people' | 'users' | 'profiles'>;

/**
 * A user who is there. One of whom `auth` has not told yet, as the event may still be on its way, is asked for where they are known,
 * and how visible their profile is too, before anything is decided by it.
 * @throws UserNotFound
 */
export async function findPerson(parts: Parts, id: string): Promise<KnownPerson> {
  const known = (await parts.people.find([id])).get(id);
  if (known?.isErased) throw new UserNotFound();
  return known?.isAnnounced && isKnown(known) ? known : lookUp(parts, id);
}

async function lookUp({ people, users, profiles }: Parts, id: string): Promise<KnownPerson> {
  const [[name], profile] = await Promise.all([users.names([id]), profiles.find(id)]);
  if (!name || name.isDeleted) throw new UserNotFound();
  await people.rename(name);
  if (profile) await people.describe(profile);
  const person = (await people.find([id])).get(id);
  if (!isKnown(person)) throw new UserNotFound();
  return person;
}
