import { config } from './config.ts';
import { readConfiguration } from './embedded/read-configuration.ts';
import { onEndSignal, onOrphaned } from './end-signals.ts';
import { LaunchProblem } from './launch-problem.ts';
import { readEnvironment } from './read-environment.ts';
import { startPlatform } from './start-platform.ts';

const dotEnv = new URL('../../../.env', import.meta.url);
const stopLimitMs = 40_000;

/**
 * Runs the platform until Ctrl-C. Before it is ready, Ctrl-C ends it at once; afterwards the first one stops it in order, and the
 * second one at once. The databases end by themselves in every case.
 */
export async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  let end = (code: number): void => process.exit(code === 0 ? 130 : code);
  onEndSignal(() => end(0));
  onOrphaned(environment, () => end(0));
  try {
    const env = await readEnvironment(environment, dotEnv);
    const { PORT, DATA_DIR } = readConfiguration(config, env);
    const platform = await startPlatform({ port: PORT, dataDir: DATA_DIR, env, log: (line) => console.error(line) });
    end = endInOrder(platform.stop);
    process.on('uncaughtException', (error) => {
      console.error(`Commons came upon an error that it did not expect: ${error.stack}`);
      end(1);
    });
    void platform.failed.then((problem) => {
      console.error(problem.message);
      end(1);
    });
    console.log(`Commons is ready at ${platform.url}`);
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
