import {
  listUsers,
  subscriptionRemoved,
  subscriptionRequestAccepted,
  userBlocked,
  userRegistered,
  type EventData,
} from '@commons/contracts';
import {
  anId,
  aUser,
  buildService,
  fakeCall,
  type BuildOptions,
  type ServiceUnderTest,
  type TestUser,
} from '@commons/platform/testing';
import type { z } from 'zod';
import type { ProfileContext } from '../src/context.ts';
import { service } from '../src/service.ts';

export type ToldUser = z.input<(typeof listUsers)['output']>['users'][number];
export type ProfileService = ServiceUnderTest<ProfileContext> & {
  /** The users that `auth` knows, by id; tests add to them. */
  accounts: Map<string, ToldUser>;
};

/** The service beside an `auth` that knows the users that a test gives it. */
export async function buildProfile({ fakes = [], ...options }: BuildOptions = {}): Promise<ProfileService> {
  const accounts = new Map<string, ToldUser>();
  const auth = fakeCall(listUsers, ({ ids, after = '', limit }) => ({
    users: [...accounts.values()]
      .filter(({ id }) => (ids ? ids.includes(id) : id > after))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit),
  }));
  return Object.assign(await buildService(service, { ...options, fakes: [...fakes, auth] }), { accounts });
}

export const CREATED_AT = '2026-01-31T09:30:00.000Z';

/** What `auth` tells of a user who registers. */
export const registrationOf = (
  { id, username }: TestUser,
  overrides: Partial<EventData<typeof userRegistered>> = {},
): EventData<typeof userRegistered> => ({
  ...{ user_id: id, username, email: `${username}@example.com`, first_name: 'Ann', last_name: 'Lee' },
  ...{ created_at: CREATED_AT, username_revision: 1 },
  ...overrides,
});

/** What `auth` answers of a user. */
export const accountOf = ({ id, username }: TestUser, overrides: Partial<ToldUser> = {}): ToldUser => ({
  ...{ id, username, first_name: 'Ann', last_name: 'Lee', username_revision: 1 },
  ...{ roles: ['user'], status: 'active', created_at: CREATED_AT },
  ...overrides,
});

/** A user who has registered. */
export async function register(
  profile: ProfileService,
  names: Partial<EventData<typeof userRegistered>> = {},
): Promise<TestUser> {
  const user = aUser(names.username === undefined ? {} : { username: names.username });
  await profile.deliver(userRegistered, registrationOf(user, names));
  return user;
}

/** What `subscription` tells of two users, as its numbers stand after it. */
export const followOf = (
  follower: TestUser,
  following: TestUser,
  numbers: Partial<EventData<typeof subscriptionRequestAccepted>> = {},
) => ({
  ...{ subscription_id: anId(), follower_id: follower.id, follower_username: follower.username },
  ...{ following_id: following.id, following_username: following.username, revision: 1 },
  ...{ followers_count: 1, followers_revision: 1, following_count: 1, following_revision: 1 },
  ...numbers,
});

export const follow = (profile: ProfileService, follower: TestUser, following: TestUser): Promise<void> =>
  profile.deliver(subscriptionRequestAccepted, { ...followOf(follower, following), was_requested: false });

export const unfollow = (profile: ProfileService, follower: TestUser, following: TestUser): Promise<void> =>
  profile.deliver(subscriptionRemoved, {
    ...followOf(follower, following, {
      ...{ revision: 2, followers_count: 0, followers_revision: 2, following_count: 0, following_revision: 2 },
    }),
    was_pending: false,
  });

export const block = (profile: ProfileService, blocker: TestUser, blocked: TestUser): Promise<void> =>
  profile.deliver(userBlocked, { blocker_id: blocker.id, blocked_id: blocked.id, revision: 1 });

/** Changes settings. */
export const setUp = (profile: ProfileService, user: TestUser, settings: object) =>
  profile.as(user).put(`/api/profiles/${user.id}/settings`).send(settings).expect(200);

/** Says something in a profile. */
export const say = (profile: ProfileService, user: TestUser, fields: object) =>
  profile.as(user).put(`/api/profiles/${user.id}`).send(fields).expect(200);

/** What everybody may see of a user. */
export const shortOf = ({ id, username }: TestUser, overrides: object = {}) => ({
  ...{ id, username, nickname: null, avatar_url: null },
  ...overrides,
});

/** The whole profile of a user who has registered and said nothing yet. */
export const wholeOf = (user: TestUser, overrides: object = {}) => ({
  ...shortOf(user),
  ...{ first_name: 'Ann', last_name: 'Lee', bio: null, location: null, website: null },
  ...{ visibility: 'public', followers_count: 0, following_count: 0 },
  ...{ created_at: CREATED_AT, updated_at: CREATED_AT },
  ...overrides,
});
