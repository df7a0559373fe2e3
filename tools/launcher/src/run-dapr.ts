import { daprConfig } from './config.ts';
import { readOptions, usage } from './dapr/options.ts';
import { readParts } from './dapr/parts-file.ts';
import { startDaprPlatform } from './dapr/start-dapr-platform.ts';
import type { DaprPlatform } from './dapr/start-dapr-platform.ts';
import { statusTable } from './dapr/status-table.ts';
import { readConfiguration } from './embedded/read-configuration.ts';
import { runUntilEnded } from './run-until-ended.ts';
import type { Runnable } from './run-until-ended.ts';
import { services } from './services.ts';

/** Runs the platform of real parts until Ctrl-C, or does what else is asked. */
export function main(environment: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  return runUntilEnded(environment, async (env): Promise<Runnable | undefined> => {
    const options = readOptions(
      args,
      services.map(({ name }) => name),
    );
    const { PORT, DATA_DIR } = readConfiguration(daprConfig, env);
    if (options.isHelp) return void console.log(usage);
    if (options.isStatus) return void console.log(await statusOf(DATA_DIR));
    const show = (line: string): void => console.error(line);
    const platform = await startDaprPlatform({ options, services, port: PORT, dataDir: DATA_DIR, env, show });
    return { greeting: greetingOf(platform), stop: platform.stop };
  });
}

async function statusOf(dataDir: string): Promise<string> {
  const running = await readParts(dataDir);
  if (running === undefined) return `No platform runs on ${dataDir}.`;
  return `${statusTable(running.parts)}\n\nCommons runs at ${running.url} (process ${running.pid}).`;
}

function greetingOf({ url, instances, parts }: DaprPlatform): string {
  const debuggers = instances.flatMap(({ name, inspectPort }) =>
    inspectPort === undefined ? [] : [`A debugger for ${name} attaches to 127.0.0.1:${inspectPort}.`],
  );
  return [statusTable(parts()), '', ...debuggers, `Commons is ready at ${url}`].join('\n');
}
