import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A mongod of a test's own, for what must not be done to the one that all tests share. */
export type OwnMongod = {
  uri: string;
  /** Stops it in the middle of what it does; what it is asked meanwhile waits. */
  pause(): void;
  resume(): void;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on the same files and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('./mongod-program.ts', import.meta.url));

export async function startOwnMongod(): Promise<OwnMongod> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-own-mongod-'));
  let running = await start(folder);

  async function end(): Promise<void> {
    if (running.program.exitCode !== null) return;
    const exited = once(running.program, 'exit');
    running.program.stdin?.end();
    await exited;
  }

  return {
    uri: running.uri,
    pause: () => void process.kill(running.pid, 'SIGSTOP'),
    resume: () => void process.kill(running.pid, 'SIGCONT'),
    async kill() {
      process.kill(running.pid, 'SIGKILL');
      await end();
    },
    async restart() {
      running = await start(folder);
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string): Promise<{ uri: string; pid: number; program: ChildProcess }> {
  const program = spawn(
    process.execPath,
    ['--conditions=source', '--disable-warning=ExperimentalWarning', PROGRAM, folder],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [uri] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
  return { uri, pid: Number(await readFile(join(folder, 'mongod.pid'), 'utf8')), program };
}
