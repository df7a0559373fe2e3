import type { Person } from '../people.ts';
import type { Random } from '../random.ts';
import { aboutPerson } from '../words.ts';

export type Visibility = 'public' | 'followers' | 'private';

export interface PlannedProfile {
  /** the place of the person in the plan's people; so everywhere in a plan */
  person: number;
  nickname: string;
  bio: string;
  location: string;
  visibility: Visibility;
}

/** Of so many people, one shows their profile to followers alone, or to nobody. */
const ONE_IN = 40;

/** What everybody says of themselves. */
export function planProfiles(people: readonly Person[], random: Random): PlannedProfile[] {
  return people.map(({ firstName, lastName }, person) => ({
    person,
    nickname: `${firstName} ${lastName}`,
    ...aboutPerson(random),
    visibility: visibilityOf(person),
  }));
}

function visibilityOf(person: number): Visibility {
  if ((person + 1) % ONE_IN !== 0) return 'public';
  return (person + 1) % (2 * ONE_IN) === 0 ? 'private' : 'followers';
}
