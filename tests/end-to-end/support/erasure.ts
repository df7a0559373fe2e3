import type { Client } from './client.ts';
import { eventually } from './eventually.ts';

/** The services that keep something of a user, and report once they have forgotten it. */
export const FORGETTING = [
  'chat',
  'comment',
  'like',
  'notification',
  'post',
  'profile',
  'project',
  'realtime',
  'subscription',
];

/**
 * Waits until as many services as are to have reported that they have forgotten a deleted user, as an admin sees it.
 * @returns the names of those that have, in order.
 */
export async function servicesThatForgot(api: Client, userId: string): Promise<string[]> {
  const root = await api.login('root', 'correct horse battery');
  const reported = async () => {
    const { body } = await api.send('GET', `/api/admin/users/${userId}`, { as: root });
    return Object.keys((body.erasure?.services as object | undefined) ?? {});
  };
  const services = await eventually(reported, ({ length }) => length >= FORGETTING.length);
  return services.toSorted();
}
