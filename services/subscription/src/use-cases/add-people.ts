import type { SubscriptionContext } from '../context.ts';
import { isKnown, type KnownPerson } from '../domain/person.ts';

/** Puts the person beside each entry of a list. An entry whose person has gone is left out: it is about to go too. */
export async function addPeople<T>(
  { people }: Pick<SubscriptionContext, 'people'>,
  entries: readonly T[],
  idOf: (entry: T) => string,
): Promise<{ entry: T; person: KnownPerson }[]> {
  const found = await people.find(entries.map(idOf));
  return entries.flatMap((entry) => {
    const person = found.get(idOf(entry));
    return isKnown(person) ? [{ entry, person }] : [];
  });
}
