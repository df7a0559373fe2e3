import { LaunchProblem } from '../launch-problem.ts';
import { endLeftover } from '../processes/end-leftover.ts';
import { waitForPort } from '../processes/free-port.ts';
import { keptPort, lastPort } from '../processes/kept-port.ts';
import { startGuarded } from '../processes/start-guarded.ts';
import type { GuardedProcess } from '../processes/start-guarded.ts';

export type StartEpmdOptions = {
  /** Erlang is on its PATH. */
  env: NodeJS.ProcessEnv;
  files: { log: string; pid: string; port: string };
};

const startsWithinMs = 20_000;

/**
 * Starts Erlang's name server, which a broker must have, on a port of its own: the usual one would be shared with all Erlang on
 * this machine, and would outlive the broker.
 */
export async function startEpmd({ env, files }: StartEpmdOptions): Promise<GuardedProcess & { port: number }> {
  await endLeftover({ pidFile: files.pid, folder: portArguments((await lastPort(files.port)) ?? 0).join(' ') });
  const port = await keptPort(files.port);
  const epmd = startGuarded({
    command: 'epmd',
    args: [...portArguments(port), '-address', '127.0.0.1'],
    env,
    logFile: files.log,
    pidFile: files.pid,
  });
  let hasExited = false;
  void epmd.exited.then(() => (hasExited = true));
  if (await waitForPort(port, startsWithinMs, () => hasExited)) return { ...epmd, port };
  await epmd.stop();
  throw new LaunchProblem(
    `Erlang’s name server, which RabbitMQ needs, did not start: see ${files.log}, then try again.`,
  );
}

function portArguments(port: number): string[] {
  return ['-port', String(port)];
}
