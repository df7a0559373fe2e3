import type { Graph } from '../graph.ts';
import type { PlannedProfile } from './profiles.ts';

export interface PlannedSubscription {
  follower: number;
  followed: number;
}

/** Whom somebody whose profile is not public lets follow. */
export interface PlannedAdmission {
  person: number;
  followers: number[];
}

/** Of those who ask somebody, one in so many waits for an answer. */
const ONE_IN = 4;

/**
 * Friends follow each other. Who asks comes last, when the platform has long heard whose profile is not public; before that everybody
 * takes turns, so that no single person's requests, or followers, come all at once.
 */
export function planSubscriptions({ friends }: Graph, profiles: readonly PlannedProfile[]): PlannedSubscription[] {
  const rounds = Math.max(...friends.map((list) => list.length));
  const all = Array.from({ length: rounds }).flatMap((_, round) =>
    friends.flatMap((list, follower) => {
      const followed = round < list.length ? list[(round + follower) % list.length] : undefined;
      return followed === undefined ? [] : [{ follower, followed }];
    }),
  );
  const isOpen = ({ followed }: PlannedSubscription) => profiles[followed]?.visibility === 'public';
  return [...all.filter(isOpen), ...all.filter((each) => !isOpen(each))];
}

/** Whom those let follow who are asked: most, as some requests stay to be looked at. */
export function planAdmissions({ friends }: Graph, profiles: readonly PlannedProfile[]): PlannedAdmission[] {
  return profiles
    .filter(({ visibility }) => visibility !== 'public')
    .map(({ person }) => ({
      person,
      followers: (friends[person] ?? []).filter((_, place) => (place + 1) % ONE_IN !== 0),
    }));
}
