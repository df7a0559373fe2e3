import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { send } from './target/client.ts';
import { deliveredEvent, deliveries, eventOf } from './target/deliveries.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';
import { startApp } from './target/test-app.ts';
import type { TestApp } from './target/test-app.ts';

const APP = 'routing-app';

let app: TestApp;
let target: Target;

/** Publishes a CloudEvent as it is. */
const publish = (topic: string, event: object) =>
  send(`${target.url(APP)}/v1.0/publish/pubsub/${topic}`, {
    method: 'POST',
    body: JSON.stringify(event),
    headers: { 'content-type': 'application/cloudevents+json' },
  });

const RULES = [
  { match: 'event.type == "by.type"', path: '/by-type' },
  { match: 'event.type.startsWith("by.")', path: '/second' },
  { match: 'event.source == "a" && event.data.n > 10', path: '/large' },
  { match: 'event.data.kind in ["x", "y"]', path: '/in-list' },
  { match: 'has(event.data.optional) && event.data.optional == "yes"', path: '/optional' },
  { match: 'event.subject == "s" || event.data.n == 3.5', path: '/either' },
  { match: 'size(event.data.list) > 1', path: '/size' },
  { match: 'event.data.name.matches("^a.*z$")', path: '/regex' },
  { match: 'event.data.name.contains("mid") ? true : false', path: '/ternary' },
  { match: 'event.myextension == "ext"', path: '/extension' },
];

beforeAll(async () => {
  const paths = [
    ...RULES.map(({ path }) => path),
    '/default',
    '/only',
    '/trimmed',
    '/dead',
    '/failed',
    '/number',
    '/empty',
  ];
  app = await startApp({
    '/dapr/subscribe': {
      body: [
        ...RULES.map((rule, index) => ({
          pubsubname: 'pubsub',
          topic: `rule-${index}`,
          routes: { rules: [rule], default: '/default' },
        })),
        { pubsubname: 'pubsub', topic: 'ordered', routes: { rules: RULES, default: '/default' } },
        {
          pubsubname: 'pubsub',
          topic: 'no-default',
          routes: { rules: [{ match: 'event.type == "only"', path: '/only' }] },
        },
        {
          pubsubname: 'pubsub',
          topic: 'no-default-dead',
          deadLetterTopic: 'dead',
          routes: { rules: [{ match: 'event.type == "only"', path: '/only' }] },
        },
        {
          pubsubname: 'pubsub',
          topic: 'failing',
          deadLetterTopic: 'dead',
          routes: { rules: [{ match: 'event.data.missing == "x"', path: '/failed' }], default: '/default' },
        },
        {
          pubsubname: 'pubsub',
          topic: 'no-boolean',
          deadLetterTopic: 'dead',
          routes: { rules: [{ match: 'event.data.n', path: '/number' }], default: '/default' },
        },
        {
          pubsubname: 'pubsub',
          topic: 'empty-match',
          routes: { rules: [{ match: ' ', path: '/empty' }], default: '/default' },
        },
        { pubsubname: 'pubsub', topic: 'dead', route: '/dead' },
      ],
    },
    ...Object.fromEntries(paths.map((path) => [path, {}])),
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

const full = {
  id: '1',
  type: 't',
  source: 's',
  subject: 'none',
  data: { n: 1, kind: 'k', list: [1], name: 'n' },
  myextension: 'e',
};

describe('routing by rules', () => {
  it.each([
    [0, { type: 'by.type' }, '/by-type'],
    [1, { type: 'by.anything' }, '/second'],
    [2, { source: 'a', data: { n: 11 } }, '/large'],
    [3, { data: { kind: 'y' } }, '/in-list'],
    [4, { data: { optional: 'yes' } }, '/optional'],
    [5, { subject: 's' }, '/either'],
    [5, { data: { n: 3.5 } }, '/either'],
    [6, { data: { list: [1, 2] } }, '/size'],
    [7, { data: { name: 'abcz' } }, '/regex'],
    [8, { data: { name: 'amidb' } }, '/ternary'],
    [9, { myextension: 'ext' }, '/extension'],
  ])('takes rule %i for %j', async (rule, event, path) => {
    await publish(`rule-${rule}`, { ...full, ...event });

    expect(await deliveredEvent(app, path)).toMatchObject(event);
  });

  it.each(RULES.map((_, index) => index))('takes the default where rule %i does not match', async (rule) => {
    await publish(`rule-${rule}`, full);

    expect(await deliveredEvent(app, '/default')).toMatchObject({ id: '1' });
  });

  it('takes the first rule that matches', async () => {
    await publish('ordered', { ...full, type: 'by.type' });

    await deliveries(app, '/by-type');
    expect(app.received).toHaveLength(1);
  });

  it('takes an empty match for one that always does', async () => {
    await publish('empty-match', full);

    await deliveries(app, '/empty');
    expect(app.received).toHaveLength(1);
  });
});

describe('an event that no rule matches', () => {
  it('is dropped where there is no default', async () => {
    await publish('no-default', { ...full, id: 'unmatched' });
    await publish('no-default', { ...full, id: 'matched', type: 'only' });

    await deliveries(app, '/only');
    expect(app.received.map((received) => eventOf(received)['id'])).toEqual(['matched']);
  });

  it('goes to the dead letter where there is one', async () => {
    await publish('no-default-dead', { ...full, id: 'unmatched' });

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'unmatched', topic: 'no-default-dead' });
  });
});

describe('a rule that fails', () => {
  it('fails the event, though there is a default', async () => {
    await publish('failing', { ...full, id: 'failing' });

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'failing' });
    expect(app.received).toHaveLength(1);
  });

  it('is one that says neither true nor false', async () => {
    await publish('no-boolean', { ...full, id: 'no-boolean' });

    expect(await deliveredEvent(app, '/dead')).toMatchObject({ id: 'no-boolean' });
    expect(app.received).toHaveLength(1);
  });
});
