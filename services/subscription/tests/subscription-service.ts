import {
  listProfileReferences,
  listUsers,
  userRegistered,
  type EventData,
  type EventDefinition,
  type UserStatus,
  type Visibility,
} from '@commons/contracts';
import {
  aUser,
  buildService,
  fakeCall,
  until,
  type BuildOptions,
  type PublishedEvent,
  type ServiceUnderTest,
  type TestUser,
} from '@commons/platform/testing';
import type { SubscriptionContext } from '../src/context.ts';
import { service } from '../src/service.ts';

type Profile = { visibility?: Visibility; nickname?: string | null; avatar_url?: string | null; revision?: number };
type Account = { username: string; username_revision: number; status: UserStatus };

type Running = ServiceUnderTest<SubscriptionContext>;
type Request = (one: TestUser, other: TestUser) => ReturnType<ReturnType<Running['as']>['post']>;

export type SubscriptionUnderTest = Running & {
  /** What `auth` and `profile` know, by user id. */
  accounts: Map<string, Account>;
  profiles: Map<string, Required<Profile>>;
  /** What `auth` was asked so far. */
  asked: unknown[];
  /** Somebody whom `auth` knows, and `profile` where anything is said of their profile; neither has told of them yet. */
  given(profile?: Profile, overrides?: Partial<TestUser>): TestUser;
  /** Has `auth` tell that users have registered, so that nobody is asked about them. */
  register(...users: TestUser[]): Promise<void>;
  follow: Request;
  unfollow: Request;
  block: Request;
  unblock: Request;
  /** Usernames in the list of somebody's, as a viewer gets it. */
  names(direction: 'following' | 'followers', of: TestUser, viewer?: TestUser): Promise<string[]>;
  /** What was told between some users, as data. */
  told(event: EventDefinition, ...among: TestUser[]): Promise<PublishedEvent['data'][]>;
  /** Runs all rebuilds. @returns what each found. */
  rebuild(admin: TestUser): Promise<Record<string, { checked: number; corrected: number }>>;
};

/** The service, with a fake `auth` and a fake `profile`. */
export async function buildSubscription(options: BuildOptions = {}): Promise<SubscriptionUnderTest> {
  const accounts: SubscriptionUnderTest['accounts'] = new Map();
  const profiles: SubscriptionUnderTest['profiles'] = new Map();
  const users = fakeCall(listUsers, (input) => ({
    users: pageOf(accounts, input).map(([id, account]) => ({ id, roles: ['user' as const], ...account })),
  }));
  const references = fakeCall(listProfileReferences, (input) => ({
    profiles: pageOf(profiles, input).map(([user_id, profile]) => ({
      user_id,
      allow_messages_from: 'everyone' as const,
      show_online: true,
      ...profile,
    })),
  }));
  const running = await buildService(service, { ...options, fakes: [users, references, ...(options.fakes ?? [])] });
  return {
    ...running,
    accounts,
    profiles,
    asked: users.inputs,
    given(profile, overrides) {
      const user = aUser(overrides);
      accounts.set(user.id, { username: user.username, username_revision: 1, status: 'active' });
      if (profile)
        profiles.set(user.id, { visibility: 'public', nickname: null, avatar_url: null, revision: 1, ...profile });
      return user;
    },
    async register(...registered) {
      for (const user of registered) await running.deliver(userRegistered, registrationOf(user), { times: 2 });
    },
    follow: (follower, following) =>
      running.as(follower).post('/api/subscriptions/request').send({ user_id: following.id }),
    unfollow: (follower, following) =>
      running.as(follower).delete('/api/subscriptions/remove').send({ user_id: following.id }),
    block: (blocker, blocked) => running.as(blocker).post('/api/subscriptions/blocks').send({ user_id: blocked.id }),
    unblock: (blocker, blocked) => running.as(blocker).delete(`/api/subscriptions/blocks/${blocked.id}`),
    async names(direction, of, viewer = of) {
      const path = `/api/subscriptions/${of.id}?direction=${direction}&limit=100`;
      const { body } = await running.as(viewer).get(path).expect(200);
      return body.results.map(({ user }: { user: { username: string } }) => user.username);
    },
    async told(event, ...among) {
      const ids = new Set(among.map(({ id }) => id));
      const ends = ['follower_id', 'following_id', 'blocker_id', 'blocked_id'];
      const isAmong = ({ data }: PublishedEvent) =>
        ends.every((end) => data[end] === undefined || ids.has(data[end] as string));
      return (await running.published(event)).filter(isAmong).map(({ data }) => data);
    },
    async rebuild(admin) {
      const path = '/api/admin/services/subscription/rebuild';
      await running.as(admin).post(path).expect(202);
      const latest = async () => (await running.as(admin).get(path).expect(200)).body;
      await until(async () => (await latest()).running === false);
      const { error, results } = await latest();
      if (error !== null) throw new Error(error);
      return Object.fromEntries(results.map(({ name, ...rest }: { name: string }) => [name, rest]));
    },
  };
}

/** What a call answers that lists by id. */
function pageOf<T>(
  all: ReadonlyMap<string, T>,
  { ids, after = '', limit }: { ids?: string[] | undefined; after?: string | undefined; limit: number },
): [string, T][] {
  return [...all]
    .filter(([id]) => (ids === undefined || ids.includes(id)) && id > after)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, limit);
}

const registrationOf = ({ id, username }: TestUser): EventData<typeof userRegistered> => ({
  user_id: id,
  username,
  email: `${username}@example.com`,
  first_name: '',
  last_name: '',
  created_at: '2026-01-31T09:30:00.000Z',
  username_revision: 1,
});
