import { config } from './config.ts';
import { readConfiguration } from './embedded/read-configuration.ts';
import { runUntilEnded } from './run-until-ended.ts';
import { startPlatform } from './start-platform.ts';

/** Runs the whole platform in this process, until Ctrl-C. */
export function main(environment: NodeJS.ProcessEnv): Promise<void> {
  return runUntilEnded(environment, async (env) => {
    const { PORT, DATA_DIR } = readConfiguration(config, env);
    const { url, failed, stop } = await startPlatform({
      port: PORT,
      dataDir: DATA_DIR,
      env,
      log: (line) => console.error(line),
    });
    return { greeting: `Commons is ready at ${url}`, failed, stop };
  });
}
