import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { send } from './support/http.ts';
import { resiliency } from './support/resources.ts';
import { useScope } from './support/scope.ts';
import { listen } from './support/test-app.ts';

const scope = useScope();

async function startPair(resources: Parameters<typeof scope.harness>[0]['resources'] = []) {
  const app = await scope.app([], { '/broken': () => ({ status: 503 }), '/teapot': () => ({ status: 418 }) });
  const harness = await scope.harness({ resources, apps: [{ id: 'post' }, { id: 'gateway' }] });
  await harness.sidecar('post').connectApp(app.port);
  const urlOf = (path: string) => `${harness.sidecar('gateway').url}/v1.0/invoke/post/method/${path}`;
  return { app, harness, urlOf };
}

const retries = {
  thrice: { policy: 'constant', duration: '1ms', maxRetries: 3, matching: { httpStatusCodes: '500-599' } },
};

describe('invocation', () => {
  it('streams a body in both directions while it is being made', async () => {
    const server = createServer((incoming, outgoing) => void incoming.pipe(outgoing));
    const port = await listen(server);
    const harness = await scope.harness({ resources: [], apps: [{ id: 'echo' }, { id: 'gateway' }] });
    await harness.sidecar('echo').connectApp(port);
    const url = `${harness.sidecar('gateway').url}/v1.0/invoke/echo/method/stream`;

    const outgoing = request(url, { method: 'POST' });
    outgoing.write('one');
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [first] = (await once(incoming, 'data')) as [Buffer];
    outgoing.end('two');
    const [second] = (await once(incoming, 'data')) as [Buffer];
    await harness.close();
    server.close();

    expect([first.toString(), second.toString()]).toEqual(['one', 'two']);
  });

  it('serves the next request on a connection whose last body was answered before its end', async () => {
    const server = createServer((_, outgoing) => void outgoing.writeHead(413).end('too large'));
    const port = await listen(server);
    const harness = await scope.harness({ resources: [], apps: [{ id: 'post' }, { id: 'gateway' }] });
    await harness.sidecar('post').connectApp(port);
    const url = `${harness.sidecar('gateway').url}/v1.0/invoke/post/method/photos`;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    const statuses = [];
    for (let time = 0; time < 3; time++) statuses.push(await statusOf(url, agent, Buffer.alloc(3_000_000)));
    agent.destroy();
    server.closeAllConnections();
    server.close();

    expect(statuses).toEqual([413, 413, 413]);
  });

  it('sends a body again when the retry policy matches the status', async () => {
    const { app, urlOf } = await startPair([
      resiliency({ policies: { retries }, targets: { apps: { post: { retry: 'thrice' } } } }),
    ]);

    const answer = await send('POST', urlOf('broken'), 'payload');

    expect(answer.status).toBe(503);
    expect(app.received.map(({ body }) => body)).toEqual(['payload', 'payload', 'payload', 'payload']);
    expect(app.received.map(({ headers }) => headers['x-forwarded-for'])).toEqual([
      '127.0.0.1',
      '127.0.0.1, 127.0.0.1',
      '127.0.0.1, 127.0.0.1, 127.0.0.1',
      '127.0.0.1, 127.0.0.1, 127.0.0.1, 127.0.0.1',
    ]);
  });

  it('does not repeat a status that the policy does not match', async () => {
    const { app, urlOf } = await startPair([
      resiliency({ policies: { retries }, targets: { apps: { post: { retry: 'thrice' } } } }),
    ]);

    const answer = await send('GET', urlOf('teapot'));

    expect(answer.status).toBe(418);
    expect(app.received).toHaveLength(1);
  });

  it('opens the circuit of one path and leaves the others closed', async () => {
    const circuitBreakers = { sensitive: { maxRequests: 1, timeout: '60s', trip: 'consecutiveFailures >= 2' } };
    const { app, urlOf } = await startPair([
      resiliency({ policies: { circuitBreakers }, targets: { apps: { post: { circuitBreaker: 'sensitive' } } } }),
    ]);

    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await send('GET', urlOf('broken'))).status);
    const refused = await send('GET', urlOf('broken'));
    const other = await send('GET', urlOf('fine'));

    expect(statuses).toEqual([503, 503, 500]);
    expect(refused.body).toEqual({
      errorCode: 'ERR_DIRECT_INVOKE',
      message: 'failed to invoke, id: post, err: circuit breaker is open',
    });
    expect(other.status).toBe(200);
    expect(app.received.map(({ url }) => url)).toEqual(['/broken', '/broken', '/fine']);
  });

  it('lets in only those whom the access list of the callee names', async () => {
    const accessControl = {
      defaultAction: 'deny',
      policies: [
        {
          appId: 'gateway',
          namespace: 'default',
          trustDomain: 'public',
          defaultAction: 'deny',
          operations: [{ name: '/open/**', httpVerb: ['GET'], action: 'allow' }],
        },
      ],
    };
    const configuration = { kind: 'Configuration', metadata: { name: 'post' }, spec: { accessControl } };
    const app = await scope.app();
    const harness = await scope.harness({
      resources: [configuration],
      apps: [{ id: 'post', config: 'post' }, { id: 'gateway' }, { id: 'stranger' }],
    });
    await harness.sidecar('post').connectApp(app.port);
    const call = (from: string, method: string, path: string) =>
      send(method, `${harness.sidecar(from).url}/v1.0/invoke/post/method/${path}`);

    expect((await call('gateway', 'GET', 'open/door')).status).toBe(200);
    expect((await call('gateway', 'GET', 'OPEN/door/two')).status).toBe(200);
    expect((await call('gateway', 'POST', 'open/door')).status).toBe(403);
    expect((await call('gateway', 'GET', 'open/../closed')).status).toBe(403);
    const refused = await call('stranger', 'GET', 'open/door');
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      errorCode: 'ERR_DIRECT_INVOKE',
      message:
        'failed to invoke, id: post, err: rpc error: code = PermissionDenied desc = access control policy has denied access ' +
        'to id: spiffe://public/ns/default/stranger operation: open/door verb: GET',
    });
    expect(app.received).toHaveLength(2);
  });

  it('keeps tokens on their own side', async () => {
    const app = await scope.app([{ pubsubname: 'pubsub', topic: 'x', route: '/x' }]);
    const harness = await scope.harness({
      resources: [],
      apps: [
        { id: 'post', appApiToken: 'for-post' },
        { id: 'gateway', daprApiToken: 'for-sidecar' },
      ],
    });
    await harness.sidecar('post').connectApp(app.port);
    const url = `${harness.sidecar('gateway').url}/v1.0/invoke/post/method/ping`;

    const without = await send('GET', url);
    const withToken = await send('GET', url, undefined, { 'dapr-api-token': 'for-sidecar' });

    expect([without.status, without.body]).toEqual([401, 'invalid api token\n']);
    expect(withToken.status).toBe(200);
    expect(app.received.map(({ headers }) => headers['dapr-api-token'])).toEqual(['for-post']);
  });

  it('takes replicas in turn, and only those that are up', async () => {
    const { app, harness, urlOf } = await startPair();
    const second = await scope.app();
    const replica = await harness.addApp({ id: 'post' });
    await replica.connectApp(second.port);

    for (let n = 0; n < 4; n++) await send('GET', urlOf('ping'));
    await replica.stop();
    for (let n = 0; n < 2; n++) await send('GET', urlOf('ping'));

    expect([app.received.length, second.received.length]).toEqual([4, 2]);
  });

  it('calls an HTTPEndpoint by its name, with its headers', async () => {
    const app = await scope.app();
    const endpoint = {
      kind: 'HTTPEndpoint',
      metadata: { name: 'maps' },
      spec: { baseUrl: `http://127.0.0.1:${app.port}/api`, headers: [{ name: 'X-Key', value: 'k' }] },
    };
    const harness = await scope.harness({ resources: [endpoint], apps: [{ id: 'gateway' }] });

    const answer = await send('GET', `${harness.sidecar('gateway').url}/v1.0/invoke/maps/method/find?q=1`);

    expect(answer.status).toBe(200);
    expect(app.received.map(({ url, headers }) => [url, headers['x-key']])).toEqual([['/api/find?q=1', 'k']]);
  });

  it('ends the call to the app when the caller goes away', async () => {
    const aborted = Promise.withResolvers<string>();
    const controller = new AbortController();
    const server = createServer((incoming, outgoing) => {
      if (incoming.url !== '/wait') return void outgoing.writeHead(404).end();
      incoming.on('close', () => aborted.resolve('gone'));
      return controller.abort();
    });
    const port = await listen(server);
    const harness = await scope.harness({ resources: [], apps: [{ id: 'slow' }, { id: 'gateway' }] });
    await harness.sidecar('slow').connectApp(port);
    const url = `${harness.sidecar('gateway').url}/v1.0/invoke/slow/method/wait`;

    await expect(fetch(url, { signal: controller.signal })).rejects.toThrow('aborted');

    await expect(aborted.promise).resolves.toBe('gone');
    server.close();
    server.closeAllConnections();
  });
});

async function statusOf(url: string, agent: Agent, body: Buffer): Promise<number | undefined> {
  const outgoing = request(url, { method: 'POST', agent });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  incoming.resume();
  await once(incoming, 'end');
  return incoming.statusCode;
}
