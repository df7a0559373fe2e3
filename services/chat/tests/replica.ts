import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestUser } from '@commons/platform/testing';
import type { ChatUnderTest } from './chat-service.ts';

/** A replica of the service in a process of its own. */
export type Replica = {
  post(user: TestUser, path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
};

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Starts one more replica, on the database and the sidecar of a service under test. */
export async function startReplica(chat: ChatUnderTest): Promise<Replica> {
  const { MONGODB_URI, DATABASE_PREFIX, DAPR_HTTP_PORT } = chat.ctx.config;
  const child = spawn(process.execPath, ['--conditions=source', '--disable-warning=ExperimentalWarning', MAIN], {
    env: { MONGODB_URI, DATABASE_PREFIX, DAPR_HTTP_PORT: String(DAPR_HTTP_PORT), LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const port = await portOf(createInterface({ input: child.stdout }));
  return {
    async post(user, path, body) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${chat.tokenFor(user)}` },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function portOf(lines: AsyncIterable<string>): Promise<number> {
  for await (const line of lines) {
    const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
    if (msg === 'service started' && port !== undefined) return port;
  }
  throw new Error('the replica ended before it had started');
}
