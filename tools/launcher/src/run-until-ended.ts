import { onEndSignal, onOrphaned } from './end-signals.ts';
import { LaunchProblem } from './launch-problem.ts';
import { readEnvironment } from './read-environment.ts';

/** A platform that runs until someone ends it. */
export type Runnable = {
  /** What is said when it is ready. */
  greeting: string;
  /** Settles when it cannot go on, with what to say about it. */
  failed?: Promise<LaunchProblem>;
  stop(): Promise<void>;
};

const dotEnv = new URL('../../../.env', import.meta.url);
const stopLimitMs = 40_000;

/**
 * Runs a platform until Ctrl-C. Before it is ready, Ctrl-C ends it at once; afterwards the first one stops it in order, and the
 * second one at once. What runs beside it ends by itself in every case.
 * @param start starts it with the environment, and tells by nothing that there is nothing to run
 */
export async function runUntilEnded(
  environment: NodeJS.ProcessEnv,
  start: (env: NodeJS.ProcessEnv) => Promise<Runnable | undefined>,
): Promise<void> {
  let end = (code: number): void => process.exit(code === 0 ? 130 : code);
  const forget = onEndSignal(() => end(0));
  onOrphaned(environment, () => end(0));
  try {
    const platform = await start(await readEnvironment(environment, dotEnv));
    if (platform === undefined) return forget();
    end = endInOrder(platform.stop);
    process.on('uncaughtException', (error) => {
      console.error(`Commons came upon an error that it did not expect: ${error.stack}`);
      end(1);
    });
    void platform.failed?.then((problem) => {
      console.error(problem.message);
      end(1);
    });
    console.log(platform.greeting);
  } catch (error) {
    console.error(error instanceof LaunchProblem ? error.message : `Commons could not start: ${String(error)}`);
    process.exit(1);
  }
}

/** The first call stops and then exits; the next one exits at once, and so does the first when its time is over. */
function endInOrder(stop: () => Promise<void>): (code: number) => void {
  let isEnding = false;
  return (code) => {
    if (isEnding) process.exit(code === 0 ? 130 : code);
    isEnding = true;
    console.error('Stopping …');
    setTimeout(() => {
      console.error('Something does not stop in time; what was acknowledged is kept.');
      process.exit(1);
    }, stopLimitMs).unref();
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(`Commons did not stop in order: ${String(error)}`);
        process.exit(1);
      },
    );
  };
}
