import { config } from './config.ts';
import { readConfiguration } from './embedded/read-configuration.ts';
import { startPlatform } from './start-platform.ts';
import { LaunchProblem } from './launch-problem.ts';
import { readEnvironment } from './read-environment.ts';

const dotEnv = new URL('../../../.env', import.meta.url);
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const stopLimitMs = 40_000;

/**
 * Runs the platform until Ctrl-C. Before it is ready, Ctrl-C ends it at once; afterwards the first one stops it in order, and the
 * second one at once. The databases end by themselves in every case.
 */
export async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  const endAtOnce = (): never => process.exit(130);
  onSignals(endAtOnce);
  try {
    const env = await readEnvironment(environment, dotEnv);
    const { PORT, DATA_DIR } = readConfiguration(config, env);
    const platform = await startPlatform({ port: PORT, dataDir: DATA_DIR, env, log: (line) => console.error(line) });
    const end = endOnce(platform.stop);
    offSignals(endAtOnce);
    onSignals(() => end(0));
    process.on('uncaughtException', (error) =>
      end(1, `Commons came upon an error that it did not expect: ${error.stack}`),
    );
    void platform.failed.then((problem) => end(1, problem.message));
    console.log(`Commons is ready at ${platform.url}`);
  } catch (error) {
    console.error(error instanceof LaunchProblem ? error.message : `Commons could not start: ${String(error)}`);
    process.exitCode = 1;
    setTimeout(() => process.exit(), 1_000).unref();
  }
}

/** Stops in order and exits; whatever comes in the meantime exits at once. */
function endOnce(stop: () => Promise<void>): (code: number, reason?: string) => void {
  let isEnding = false;
  return (code, reason) => {
    if (reason !== undefined) console.error(reason);
    if (isEnding) process.exit(code === 0 ? 130 : code);
    isEnding = true;
    if (code === 0) console.error('Stopping …');
    setTimeout(() => {
      console.error('Something does not stop in time: what was acknowledged is kept.');
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

function onSignals(listener: () => void): void {
  for (const signal of endSignals) process.on(signal, listener);
}

function offSignals(listener: () => void): void {
  for (const signal of endSignals) process.off(signal, listener);
}
