import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { environment } from '../config/environment.ts';
import { until } from './until.ts';

export type Azurite = { connectionString: string; stop(): Promise<void> };

const account = 'commons';

/** A busy machine takes its time to load it. */
const STARTS_WITHIN_MS = 60_000;

/** Starts the vendor's emulator of Azure Blob Storage, in memory, on a free port. */
export async function startAzurite(): Promise<Azurite> {
  const key = randomBytes(48).toString('base64');
  const port = await freePort();
  const program = fileURLToPath(new URL('./azurite-program.ts', import.meta.url));
  const options = ['--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableTelemetry'];
  const child = spawn(process.execPath, [program, '--blobHost', '127.0.0.1', '--blobPort', String(port), ...options], {
    env: { ...environment, AZURITE_ACCOUNTS: `${account}:${key}` },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await until(() => isListening(port), 'Azurite', STARTS_WITHIN_MS);
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/${account};`,
    async stop() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
