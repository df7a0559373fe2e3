import type { Api } from './api.ts';
import type { Loaded } from './load/loading.ts';
import { beginLoading } from './load/loading.ts';
import { loadAdmissions, loadPeople, loadProfiles, loadSubscriptions } from './load/people.ts';
import { loadPosts } from './load/posts.ts';
import { loadProjects } from './load/projects.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';

/**
 * Makes what the plan says, a kind after the other, with at most `concurrency` things under way; subscriptions last, as they are by
 * far the most. What an earlier run made is found and kept. What is refused is counted, and what needed it is left out.
 */
export async function load(
  plan: Plan,
  options: { api: Api; concurrency: number; progress: Progress },
): Promise<Loaded> {
  const loading = beginLoading(options);
  const members = await loadPeople(loading, plan.people);
  await loadProfiles(loading, plan.profiles, members);
  await loadPosts(loading, plan, members);
  await loadProjects(loading, plan, members);
  await loadSubscriptions(loading, plan.subscriptions, members);
  await loadAdmissions(loading, plan.admissions, members);
  return loading.loaded;
}
