import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { post, send } from './target/client.ts';
import { deliveredEvent, deliveries, eventOf } from './target/deliveries.ts';
import { eventually } from './target/eventually.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { Reply, TestApp } from './target/test-app.ts';

const APP = 'delivery-app';

/** What the app answers, by the name of the topic. Without a resiliency policy there is no second try. */
const REPLIES: Record<string, Reply> = {
  'ok-empty': { status: 200 },
  'ok-204': { status: 204 },
  'ok-text': { status: 200, body: 'fine' },
  'ok-object': { status: 200, body: {} },
  'ok-success': { status: 200, body: { status: 'SUCCESS' } },
  'ok-empty-status': { status: 200, body: { status: '' } },
  'ok-null': { status: 200, body: '{"status":null}' },
  'ok-list': { status: 200, body: ['RETRY'] },
  'ok-number': { status: 200, body: { status: 5 } },
  'ok-half': { status: 200, body: '{"status":"RETRY"' },
  'ok-299': { status: 299, body: { other: 'RETRY' } },
  'dead-retry': { status: 200, body: { status: 'RETRY' } },
  'dead-drop': { status: 200, body: { status: 'DROP' } },
  'dead-cased': { status: 200, body: { Status: 'RETRY' } },
  'dead-small-drop': { status: 200, body: { status: 'drop' } },
  'dead-unknown': { status: 200, body: { status: 'PERHAPS' } },
  'dead-more': { status: 200, body: '{"status":"RETRY"} and more' },
  'dead-404': { status: 404, body: { status: 'SUCCESS' } },
  'dead-400': { status: 400 },
  'dead-500': { status: 500, body: { status: 'SUCCESS' } },
  'dead-503': { status: 503 },
  'dead-302': { status: 302, headers: { location: '/delivered' } },
};
const TOPICS = Object.keys(REPLIES);

let app: TestApp;
let target: Target;

const publish = (topic: string, id = topic) =>
  post(`${target.url(APP)}/v1.0/publish/pubsub/${topic}?metadata.cloudevent.id=${id}`, { n: 1 });

/** Waits until an event after the others has come all the way: what was to happen before has happened. */
async function passed(): Promise<void> {
  await publish('last');
  await deliveries(app, '/last');
}

beforeAll(async () => {
  app = await startApp({
    '/dapr/subscribe': {
      body: [
        ...TOPICS.map((topic) => ({ pubsubname: 'pubsub', topic, route: `/${topic}`, deadLetterTopic: 'dead' })),
        ...TOPICS.map((topic) => ({ pubsubname: 'pubsub', topic: `alone-${topic}`, route: `/${topic}` })),
        { pubsubname: 'pubsub', topic: 'aborted', route: '/aborted', deadLetterTopic: 'dead' },
        { pubsubname: 'pubsub', topic: 'missing', route: '/no-handler', deadLetterTopic: 'dead' },
        {
          pubsubname: 'pubsub',
          topic: 'raw',
          route: '/dead-500',
          deadLetterTopic: 'dead',
          metadata: { rawPayload: 'true' },
        },
        { pubsubname: 'pubsub', topic: 'chain', route: '/dead-500', deadLetterTopic: 'dead-500' },
        { pubsubname: 'pubsub', topic: 'unreadable', route: '/ok-empty', deadLetterTopic: 'raw-dead' },
        { pubsubname: 'pubsub', topic: 'raw-dead', route: '/raw-dead', metadata: { rawPayload: 'true' } },
        { pubsubname: 'pubsub', topic: 'dead', route: '/dead' },
        { pubsubname: 'pubsub', topic: 'last', route: '/last' },
      ],
    },
    ...Object.fromEntries(Object.entries(REPLIES).map(([topic, reply]) => [`/${topic}`, reply])),
    '/aborted': () => Promise.reject(new Error('the app hangs up')),
    '/dead': {},
    '/raw-dead': {},
    '/last': {},
  });
  target = await startTarget({
    resources: [component('pubsub', 'pubsub.in-memory')],
    apps: [{ id: APP, appPort: app.port }],
  });
});

afterAll(async () => {
  await target.close();
  await app.close();
});

beforeEach(() => app.clear());

describe('an event that an app accepts', () => {
  it.each(TOPICS.filter((topic) => topic.startsWith('ok-')))('is done with: %s', async (topic) => {
    await publish(topic);
    await deliveries(app, `/${topic}`);
    await passed();

    expect(app.received.map(({ target: to }) => to)).toEqual([`/${topic}`, '/last']);
  });
});

describe('an event that an app does not accept', () => {
  const refused = TOPICS.filter((topic) => topic.startsWith('dead-'));

  it.each(refused)('goes to the dead letter at once: %s', async (topic) => {
    await publish(topic);

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: topic });
    expect(app.at(`/${topic}`)).toHaveLength(1);
  });

  it('goes to the dead letter when the app hangs up', async () => {
    await publish('aborted');

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'aborted' });
  });

  it('goes to the dead letter when the app has nothing there', async () => {
    await publish('missing');

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'missing' });
  });

  it('stays the same in the dead letter, its topic included', async () => {
    await publish('dead-500', 'the-same');

    const [dead] = await deliveries(app, '/dead');
    const [original] = app.at('/dead-500');
    expect(eventOf(dead)).toEqual(eventOf(original));
    expect(eventOf(dead)).toMatchObject({ id: 'the-same', topic: 'dead-500', pubsubname: 'pubsub' });
  });

  it('may go from dead letter to dead letter', async () => {
    await publish('chain', 'chained');

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'chained', topic: 'chain' });
    expect(app.at('/dead-500')).toHaveLength(2);
  });

  it('comes in the dead letter as it was published, when it was raw', async () => {
    const raw = '?metadata.rawPayload=true';
    await send(`${target.url(APP)}/v1.0/publish/pubsub/raw${raw}`, { method: 'POST', body: '{"bare":true}' });

    expect(await deliveredEvent(app, '/dead')).toEqual({ bare: true });
  });

  it.each(refused)('is gone from memory where there is no dead letter: %s', async (topic) => {
    await publish(`alone-${topic}`);
    await deliveries(app, `/${topic}`);
    await passed();

    expect(app.received.map(({ target: to }) => to)).toEqual([`/${topic}`, '/last']);
  });
});

describe('an event that does not come to the app', () => {
  it('goes to the dead letter when it is no CloudEvent', async () => {
    const url = `${target.url(APP)}/v1.0/publish/pubsub/unreadable?metadata.rawPayload=true`;
    await send(url, { method: 'POST', body: 'no JSON' });

    const { data_base64: data } = await deliveredEvent(app, '/raw-dead');
    expect(Buffer.from(String(data), 'base64').toString()).toBe('no JSON');
    expect(app.at('/ok-empty')).toEqual([]);
  });

  it('goes to the dead letter when it has expired', async () => {
    const url = `${target.url(APP)}/v1.0/publish/pubsub/unreadable?metadata.ttlInSeconds=0&metadata.cloudevent.id=expired`;
    await send(url, { method: 'POST', body: 'x' });

    const { data_base64: data } = await deliveredEvent(app, '/raw-dead');
    expect(JSON.parse(Buffer.from(String(data), 'base64').toString())).toMatchObject({ id: 'expired' });
    expect(app.at('/ok-empty')).toEqual([]);
  });
});

describe('many events', () => {
  it('of one topic in memory are delivered one after the other, in their order', async () => {
    let running = 0;
    let most = 0;
    app.on('/ok-empty', async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return {};
    });

    for (const id of ['1', '2', '3', '4', '5']) await publish('ok-empty', id);
    const delivered = await deliveries(app, '/ok-empty', 5);
    app.on('/ok-empty', REPLIES['ok-empty']!);

    expect(delivered.map((request) => eventOf(request)['id'])).toEqual(['1', '2', '3', '4', '5']);
    expect(most).toBe(1);
  });

  it('of several topics are delivered side by side', async () => {
    const meeting = () =>
      eventually(() => {
        if (app.received.length < 2) throw new Error('the other has not come');
        return {};
      });
    app.on('/ok-text', meeting);
    app.on('/ok-204', meeting);

    await Promise.all(['ok-text', 'ok-204'].map((topic) => publish(topic)));
    await passed();
    app.on('/ok-text', REPLIES['ok-text']!);
    app.on('/ok-204', REPLIES['ok-204']!);

    expect(app.received.map(({ target: to }) => to).sort()).toEqual(['/last', '/ok-204', '/ok-text']);
  });

  it('reach every topic that is meant, and no other', async () => {
    await Promise.all(['ok-text', 'ok-204', 'ok-object'].map((topic) => publish(topic)));
    await Promise.all(['/ok-text', '/ok-204', '/ok-object'].map((path) => deliveries(app, path)));
    await passed();

    expect(app.received.map((request) => `${request.target} ${String(eventOf(request)['topic'])}`).sort()).toEqual([
      '/last last',
      '/ok-204 ok-204',
      '/ok-object ok-object',
      '/ok-text ok-text',
    ]);
  });
});
