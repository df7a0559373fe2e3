import { describe, expect, it } from '@jest/globals';
import { useDaprHarness } from '@commons/dapr-harness/jest';
import { publish } from './support/http.ts';
import { rabbit } from './support/resources.ts';
import { startTestApp } from './support/test-app.ts';

const harness = useDaprHarness(() => ({ resources: [rabbit('pubsub')], apps: [{ id: 'post' }] }));

async function publishTwo(): Promise<void> {
  const { url } = harness().sidecar('post');
  await publish(url, 'posts', { id: '1', text: 'a' }, '?metadata.cloudevent.type=PostCreated');
  await publish(url, 'posts', { id: '2', text: 'b' }, '?metadata.cloudevent.type=PostDeleted');
}

describe('matchers', () => {
  it('find an event by a part of its envelope', async () => {
    await publishTwo();

    expect(harness()).toHavePublished('posts');
    expect(harness()).toHavePublished('posts', { type: 'PostCreated', data: expect.objectContaining({ id: '1' }) });
    expect(harness()).not.toHavePublished('posts', { type: 'PostCreated', data: expect.objectContaining({ id: '2' }) });
    expect(harness()).not.toHavePublished('comments');
  });

  it('count events', async () => {
    await publishTwo();

    expect(harness()).toHavePublishedTimes(2, 'posts');
    expect(harness()).toHavePublishedTimes(1, 'posts', { type: 'PostDeleted' });
    expect(harness()).toHavePublishedTimes(0, 'posts', { type: 'PostUpdated' });
  });

  it('start each test without the events of the last', () => {
    expect(harness().published()).toEqual([]);
  });

  it('find dead letters by the topic that they were published to', async () => {
    const app = await startTestApp(
      [{ pubsubname: 'pubsub', topic: 'posts', route: '/posts', deadLetterTopic: 'dead' }],
      {
        '/posts': () => ({ status: 500 }),
      },
    );
    await harness().sidecar('post').connectApp(app.port);

    await publish(harness().sidecar('post').url, 'posts', { id: '3' });
    await harness().settled();
    await harness().sidecar('post').disconnectApp();
    await app.close();

    expect(harness()).toHaveDeadLettered('posts', { data: { id: '3' } });
    expect(harness()).not.toHaveDeadLettered('posts', { data: { id: '4' } });
  });

  it('say what there was instead', async () => {
    await publish(harness().sidecar('post').url, 'posts', 1, '?metadata.cloudevent.type=Odd');
    const part = { type: 'Even', data: expect.objectContaining({ n: 2 }) };

    expect(() => expect(harness()).toHavePublished('posts', part)).toThrow(
      /expected an event on posts with \{"type":"Even","data":\{"ObjectContaining":\{"n":2\}\}\}; there was\n {2}\{.*"type":"Odd"/,
    );
    expect(() => expect(harness()).toHavePublished('comments')).toThrow('there was nothing');
    expect(() => expect({}).toHavePublished('posts')).toThrow('expect() was not given a Dapr harness');
  });
});
