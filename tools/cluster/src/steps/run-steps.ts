/** Something that `up` does: its title is what the user reads, and what it returns is added to that. */
export type Step = {
  title: string;
  run: () => Promise<string | undefined | void>;
};

/** Runs one step after the other, and prints how long each took. Rejects with the first failure, named by its step. */
export async function runSteps(steps: readonly Step[], print: (line: string) => void, now = Date.now): Promise<void> {
  const startedAt = now();
  for (const { title, run } of steps) {
    const stepStartedAt = now();
    const note = await run().catch((error: unknown) => {
      const { message } = error as Error;
      throw new Error(`${title}: ${message}`, { cause: error });
    });
    print(`${seconds(now() - stepStartedAt)}  ${title}${note === undefined ? '' : `: ${note}`}`);
  }
  print(`${seconds(now() - startedAt)}  in all`);
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
}
