import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { send } from './support/http.ts';
import { rabbit } from './support/resources.ts';
import { useScope } from './support/scope.ts';
import { listen } from './support/test-app.ts';

const scope = useScope();

describe('sidecar', () => {
  it('connects an app by itself when its port is known, and is healthy when that is done', async () => {
    const app = await scope.app([{ pubsubname: 'pubsub', topic: 'a', route: '/a' }]);
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post', appPort: app.port }] });
    const sidecar = harness.sidecar('post');

    const before = await send('GET', `${sidecar.url}/v1.0/healthz`);
    await sidecar.connectApp(app.port);
    const after = await send('GET', `${sidecar.url}/v1.0/healthz`);

    expect([before.status, after.status]).toEqual([500, 204]);
    expect(before.body).toEqual({ errorCode: 'ERR_HEALTH_NOT_READY', message: 'dapr is not ready: [runtime]' });
  });

  it('closes although its app never answered', async () => {
    const server = createServer(() => undefined);
    const port = await listen(server);
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }] });

    const connected = harness.sidecar('post').connectApp(port);
    await harness.close();

    await expect(connected).rejects.toThrow('aborted');
    server.close();
    server.closeAllConnections();
  });

  it('delivers to another port once connected there', async () => {
    const subscription = [{ pubsubname: 'pubsub', topic: 'a', route: '/a' }];
    const [first, second] = [await scope.app(subscription), await scope.app(subscription)];
    const harness = await scope.harness({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }] });
    const { url, connectApp } = harness.sidecar('post');
    await connectApp(first.port);
    await connectApp(second.port);

    await send('POST', `${url}/v1.0/publish/pubsub/a`, { n: 1 });
    await harness.settled();

    expect([first.events('/a').length, second.events('/a').length]).toEqual([0, 1]);
  });

  it('stops when it is told to shut down', async () => {
    const harness = await scope.harness({ resources: [], apps: [{ id: 'post' }] });
    const { url } = harness.sidecar('post');

    const { status } = await send('POST', `${url}/v1.0/shutdown`);

    expect(status).toBe(204);
    await expect(untilClosed(url)).resolves.toBe('closed');
  });

  it('offers only what its Configuration allows', async () => {
    const spec = { api: { allowed: [{ name: 'invoke', version: 'v1.0', protocol: 'http' }] } };
    const resources = [rabbit('pubsub'), { kind: 'Configuration', metadata: { name: 'narrow' }, spec }];
    const harness = await scope.harness({ resources, apps: [{ id: 'post', config: 'narrow' }] });
    const { url } = harness.sidecar('post');

    const published = await send('POST', `${url}/v1.0/publish/pubsub/a`, 1);
    const health = await send('GET', `${url}/v1.0/healthz`);

    expect([published.status, health.status]).toEqual([404, 204]);
  });

  it('is not made with a Configuration that nobody has written', async () => {
    const made = scope.harness({ resources: [], apps: [{ id: 'post', config: 'none' }] });

    await expect(made).rejects.toThrow('no Configuration is named none');
  });
});

async function untilClosed(url: string): Promise<string> {
  for (;;) {
    const isOpen = await fetch(`${url}/v1.0/healthz`).then(
      () => true,
      () => false,
    );
    if (!isOpen) return 'closed';
  }
}
