import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDaprHarness } from '@commons/dapr-harness';
import { service as gateway } from '@commons/gateway';
import { createService } from '@commons/platform';
import autocannon from 'autocannon';

const ROUNDS = 3;
const SECONDS = 3;
const PATH = '/api/posts';
const BODY = JSON.stringify({ results: Array.from({ length: 10 }, (_, id) => ({ id, content: 'x'.repeat(100) })) });

type Way = { name: string; url: string; headers?: Record<string, string> };

/** What a request costs on each of three ways to one small app: straight, through a sidecar, through the gateway. */
async function main(): Promise<void> {
  const app = await startApp();
  const harness = await createDaprHarness({
    resources: [],
    apps: [{ id: 'gateway' }, { id: 'post', appPort: portOf(app) }],
  });
  const sidecar = harness.sidecar('gateway');
  const limits = { RATE_LIMIT_ADDRESS_PER_SECOND: '1000000', RATE_LIMIT_USER_PER_SECOND: '0' };
  const edge = await createService(gateway, {
    environment: { DAPR_HTTP_PORT: String(sidecar.port), LOG_LEVEL: 'silent', ...limits },
  });
  try {
    const ways = [
      { name: 'straight', url: `http://127.0.0.1:${portOf(app)}${PATH}` },
      { name: 'sidecar', url: `${sidecar.url}${PATH}`, headers: { 'dapr-app-id': 'post' } },
      { name: 'gateway', url: `http://127.0.0.1:${edge.port}${PATH}` },
    ];
    for (const connections of [1, 20]) await compare(ways, connections);
  } finally {
    await edge.stop();
    await harness.close();
    app.close();
  }
}

/** Goes each way in turn, several times, so that a busy moment of the machine strikes all of them alike. */
async function compare(ways: readonly Way[], connections: number): Promise<void> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, url, headers } of ways) {
      const run = await autocannon({ url, connections, duration: SECONDS, workers: 1, ...(headers && { headers }) });
      if (run.non2xx > 0 || run.errors > 0) throw new Error(`${name}: ${run.non2xx} refusals, ${run.errors} errors`);
      times.set(name, [...(times.get(name) ?? []), (connections * 1000) / run.requests.average]);
    }
  }
  const median = (name: string): number => times.get(name)?.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  const [straight, sidecar, through] = [median('straight'), median('sidecar'), median('gateway')];
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  process.stdout.write(
    `${connections} at a time: straight ${ms(straight)}, sidecar ${ms(sidecar)}, gateway ${ms(through)} a request; ` +
      `the gateway adds ${ms(through - sidecar)} to its sidecar, ${(through / straight).toFixed(1)} times straight in all\n`,
  );
}

async function startApp(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(BODY);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

await main();
