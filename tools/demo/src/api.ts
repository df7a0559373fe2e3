import { createCaller } from './api/caller.ts';
import { peopleCalls } from './api/people-calls.ts';
import { postCalls } from './api/post-calls.ts';
import { projectCalls } from './api/project-calls.ts';
import type { PoliteClient } from './polite-client.ts';

export { Unexpected, type Session } from './api/caller.ts';

export type Api = ReturnType<typeof demoApi>;

/** The calls of the public API that the demo makes. An answer that is of no use is thrown as `Unexpected`. */
export function demoApi(options: { client: PoliteClient; password: string; runId: string }) {
  const caller = createCaller(options);
  return { signUp: caller.signUp, ...postCalls(caller), ...peopleCalls(caller), ...projectCalls(caller) };
}
