import type { Session } from '../api.ts';
import { inParallel } from '../in-parallel.ts';
import type { Person } from '../people.ts';
import type { PlannedProfile } from '../plan/profiles.ts';
import type { PlannedAdmission, PlannedSubscription } from '../plan/subscriptions.ts';
import type { Loading } from './loading.ts';
import { makeUnless } from './loading.ts';

/** Somebody signed in, and what they had done in an earlier run. */
export interface Member extends Session {
  isDescribed: boolean;
  /** ids of those whom they follow, or have asked to */
  followedIds: ReadonlySet<string>;
  /** ids by title */
  postIds: ReadonlyMap<string, string>;
}

/** In the order of the plan; undefined where the platform refused. */
export type Members = readonly (Member | undefined)[];

/** Has everybody make an account, or sign in. */
export const loadPeople = (loading: Loading, people: readonly Person[]): Promise<Members> =>
  inParallel('people', people, (person) => loadPerson(loading, person), loading);

async function loadPerson({ api, loaded }: Loading, person: Person): Promise<Member> {
  const session = await api.signUp(person);
  const member = { ...session, isDescribed: false, followedIds: new Set<string>(), postIds: new Map<string, string>() };
  loaded[session.wasThere ? 'found' : 'made'].people += 1;
  if (!session.wasThere) return member;
  const [isDescribed, followedIds, postIds] = await Promise.all([
    api.isDescribed(member),
    api.followedBy(member),
    api.postsOf(member),
  ]);
  return { ...member, isDescribed, followedIds, postIds };
}

/** Has everybody say who they are, and to whom they show it; those who have done so stay as they are. */
export async function loadProfiles(loading: Loading, profiles: readonly PlannedProfile[], members: Members) {
  const { api } = loading;
  await inParallel(
    'profiles',
    profiles,
    async ({ person, nickname, bio, location, visibility }) => {
      const member = members[person];
      if (member === undefined || member.isDescribed) return;
      if (visibility !== 'public') await api.setVisibility(member, visibility);
      await api.describe(member, { nickname, bio, location });
    },
    loading,
  );
}

/** Has everybody follow their friends. */
export async function loadSubscriptions(
  loading: Loading,
  subscriptions: readonly PlannedSubscription[],
  members: Members,
) {
  const { api, loaded } = loading;
  await inParallel(
    'subscriptions',
    subscriptions,
    async ({ follower: followerPlace, followed: followedPlace }) => {
      const [follower, followed] = [members[followerPlace], members[followedPlace]];
      if (follower === undefined || followed === undefined) return;
      const isThere = follower.followedIds.has(followed.userId);
      await makeUnless(isThere, 'subscriptions', loaded, () => api.follow(follower, followed.userId));
    },
    loading,
  );
}

/** Has those who are asked let most of their friends follow. */
export async function loadAdmissions(loading: Loading, admissions: readonly PlannedAdmission[], members: Members) {
  const { api } = loading;
  await inParallel(
    'admissions',
    admissions,
    async ({ person, followers }) => {
      const member = members[person];
      if (member === undefined) return;
      const waiting = await api.waitingFor(member);
      const admitted = followers.flatMap((follower) => members[follower]?.userId ?? []);
      for (const followerId of admitted) if (waiting.has(followerId)) await api.accept(member, followerId);
    },
    loading,
  );
}
