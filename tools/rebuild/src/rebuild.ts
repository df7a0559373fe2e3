/** Services that keep copies of others' data. */
export const REBUILDABLE = ['post', 'comment', 'like', 'notification'] as const;

/** What cannot be done, in a sentence for whoever asked. */
export class RebuildRefused extends Error {}

export type RebuildOptions = {
  url: string;
  username: string;
  password: string;
  services: readonly string[];
  say: (line: string) => void;
  /** Pause between two looks at how far it is, in milliseconds. */
  pollMs?: number;
};

type Run = {
  running: boolean;
  results: { name: string; checked: number; corrected: number }[];
  error: string | null;
};

/**
 * Starts the rebuild of each service, one after the other, and waits for it.
 * @returns how many copies were off and have been put right.
 * @throws RebuildRefused where the platform does not let it, or a rebuild fails.
 */
export async function rebuild({
  url,
  username,
  password,
  services,
  say,
  pollMs = 200,
}: RebuildOptions): Promise<number> {
  const token = await logIn(url, username, password);
  let corrected = 0;
  for (const service of services) {
    const path = `${url}/api/admin/services/${service}/rebuild`;
    await ask(path, { method: 'POST', token });
    const { results, error } = await finished(path, token, pollMs);
    for (const result of results)
      say(`${service}: ${result.name}: ${result.checked} looked at, ${result.corrected} put right`);
    if (error !== null) throw new RebuildRefused(`${service}: ${error}`);
    corrected += results.reduce((sum, result) => sum + result.corrected, 0);
  }
  return corrected;
}

async function logIn(url: string, username: string, password: string): Promise<string> {
  const { token } = (await ask(`${url}/api/auth/login`, { method: 'POST', body: { username, password } })) as {
    token: string;
  };
  return token;
}

async function finished(path: string, token: string, pollMs: number): Promise<Run> {
  for (;;) {
    const run = (await ask(path, { method: 'GET', token })) as Run;
    if (!run.running) return run;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function ask(
  url: string,
  { method, token, body }: { method: string; token?: string; body?: object },
): Promise<unknown> {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': 'application/json' }),
  };
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) }).catch(() => {
    throw new RebuildRefused(
      `Nothing answers at ${new URL(url).origin}: start the platform first, or name it with --url.`,
    );
  });
  const answer = (await response.json()) as { detail?: string };
  if (!response.ok)
    throw new RebuildRefused(`${method} ${new URL(url).pathname} answered ${response.status}: ${answer.detail ?? ''}`);
  return answer;
}
