import type { Graph } from './graph.ts';
import type { Person } from './people.ts';
import { personOf } from './people.ts';
import type { PlannedComment, PlannedLike, PlannedPost } from './plan/posts.ts';
import { planComments, planLikes, planPosts } from './plan/posts.ts';
import type { PlannedProfile } from './plan/profiles.ts';
import { planProfiles } from './plan/profiles.ts';
import type { PlannedApplication, PlannedProject } from './plan/projects.ts';
import { planApplications, planProjects } from './plan/projects.ts';
import type { PlannedAdmission, PlannedSubscription } from './plan/subscriptions.ts';
import { planAdmissions, planSubscriptions } from './plan/subscriptions.ts';
import { seededRandom } from './random.ts';

/** All that the demo will make. People, posts and projects are named by their places in these lists. */
export interface Plan {
  people: Person[];
  profiles: PlannedProfile[];
  subscriptions: PlannedSubscription[];
  admissions: PlannedAdmission[];
  posts: PlannedPost[];
  comments: PlannedComment[];
  likes: PlannedLike[];
  projects: PlannedProject[];
  applications: PlannedApplication[];
}

/**
 * Plans what the people of a graph do: friends follow each other; everybody writes so many posts, on each of them up to three
 * comments and up to eight likes of friends; some have a project, for which friends apply. The same graph, seed and numbers make the
 * same plan.
 */
export function makePlan(graph: Graph, { seed, postsPerUser }: { seed: number; postsPerUser: number }): Plan {
  const random = seededRandom(seed);
  const people = graph.friends.map((_, number) => personOf(number));
  const posts = planPosts(graph, postsPerUser, random);
  const comments = planComments(posts, graph, random);
  const likes = planLikes(posts, graph, random);
  const profiles = planProfiles(people, random);
  const projects = planProjects(graph, random);
  return {
    people,
    profiles,
    subscriptions: planSubscriptions(graph, profiles),
    admissions: planAdmissions(graph, profiles),
    posts,
    comments,
    likes,
    projects,
    applications: planApplications(projects, graph, random),
  };
}
