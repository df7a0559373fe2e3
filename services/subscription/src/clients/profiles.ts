import { listProfileReferences } from '@commons/contracts';
import type { Dapr } from '@commons/platform';
import type { ProfileNews } from '../data/person-store.ts';

export type Profiles = {
  /** What is known of a user's profile; undefined where there is none yet. */
  find(userId: string): Promise<ProfileNews | undefined>;
  /** All profiles in the order of their ids, from the one after `after`. */
  list(options: { after?: string | undefined; limit: number }): Promise<ProfileNews[]>;
};

/** The profiles, which are `profile`'s. */
export function createProfiles({ dapr }: { dapr: Pick<Dapr, 'call'> }): Profiles {
  async function read(input: { ids?: string[]; after?: string; limit: number }): Promise<ProfileNews[]> {
    const { profiles } = await dapr.call(listProfileReferences, input);
    return profiles.map(({ user_id: userId, nickname, avatar_url: avatarUrl, visibility, revision }) => ({
      userId,
      nickname,
      avatarUrl,
      visibility,
      revision,
    }));
  }

  return {
    async find(userId) {
      const [found] = await read({ ids: [userId], limit: 1 });
      return found;
    },
    list: ({ after, limit }) => read({ limit, ...(after !== undefined && { after }) }),
  };
}
