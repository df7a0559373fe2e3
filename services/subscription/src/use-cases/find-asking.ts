import type { User } from '@commons/platform';
import type { SubscriptionContext } from '../context.ts';
import { AccountGone } from '../domain/subscription-errors.ts';

/**
 * Sees to it that whoever asks is known here, by the name in their token as long as `auth` has not told of one.
 * @throws AccountGone
 */
export async function findAsking(
  { people }: Pick<SubscriptionContext, 'people'>,
  { id, username }: Pick<User, 'id' | 'username'>,
): Promise<void> {
  const known = (await people.find([id])).get(id);
  if (known?.isErased) throw new AccountGone();
  if (!known || known.username === null) await people.rename({ userId: id, username, revision: 0 });
}
