import { describe, expect, it } from '@jest/globals';
import {
  findRoute,
  mergeSubscriptions,
  parseProgrammatic,
  readDeclarative,
  type Subscription,
} from '../src/pubsub/subscription.ts';

const event = {
  type: 'PostCreated',
  source: 'post',
  data: { count: 5, ratio: 0.5, title: 'hello', tags: ['a', 'b'], author: { id: 'u1' }, none: null },
};

function parse(list: unknown): Subscription[] {
  return parseProgrammatic(Buffer.from(JSON.stringify(list)));
}

function ruleOf(match: string): Subscription['rules'] {
  const [subscription] = parse([{ pubsubname: 'p', topic: 't', routes: { rules: [{ match, path: '/yes' }] } }]);
  return subscription?.rules ?? [];
}

describe('routing rules', () => {
  it.each([
    'event.type == "PostCreated"',
    "event.type in ['PostCreated', 'PostUpdated']",
    'event.type.startsWith("Post") && event.source == "post"',
    'event.type.endsWith("Created") || event.data.missing == 1',
    'has(event.data.count)',
    '!has(event.data.missing)',
    'event.data.count == 5',
    'event.data.count > 4 && event.data.ratio < 1.0',
    'event.data.title.contains("ell")',
    'event.data.title.matches("^h.+o$")',
    '"a" in event.data.tags',
    'event.data.tags.exists(tag, tag == "b")',
    'size(event.data.tags) == 2',
    'event.data.author.id == "u1"',
    'event["type"] == "PostCreated"',
    'event.data.none == null',
  ])('%s holds', (match) => {
    expect(findRoute(ruleOf(match), event)).toBe('/yes');
  });

  it.each(['event.type == "PostDeleted"', 'has(event.data.missing)', 'event.data.count != 5'])(
    '%s does not hold',
    (match) => {
      expect(findRoute(ruleOf(match), event)).toBeUndefined();
    },
  );

  it.each(['event.data.missing == 1', 'has(event.missing.field)', 'event.type'])('%s fails', (match) => {
    expect(() => findRoute(ruleOf(match), event)).toThrow();
  });

  it('are tried in their order, the default last', () => {
    const routes = {
      rules: [
        { match: 'event.data.count > 3', path: '/many' },
        { match: 'event.data.count > 1', path: '/some' },
      ],
      default: '/few',
    };
    const rules = parse([{ pubsubname: 'p', topic: 't', route: '/old', routes }])[0]?.rules ?? [];

    const paths = [5, 2, 0].map((count) => findRoute(rules, { data: { count } }));

    expect(paths).toEqual(['/many', '/some', '/few']);
  });

  it('must parse', () => {
    expect(() => ruleOf('event.type ==')).toThrow();
  });
});

describe('subscriptions', () => {
  it('come from resources of both versions, in the scope of the app', () => {
    const spec = { pubsubname: 'pubsub', topic: 'posts' };
    const resources = [
      {
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'Subscription',
        metadata: { name: 'a' },
        spec: { ...spec, route: '/v1' },
      },
      {
        apiVersion: 'dapr.io/v2alpha1',
        kind: 'Subscription',
        metadata: { name: 'b' },
        spec: {
          ...spec,
          topic: 'likes',
          routes: { default: '/v2' },
          deadLetterTopic: 'dead',
          bulkSubscribe: { enabled: true },
        },
        scopes: ['post'],
      },
      {
        kind: 'Subscription',
        metadata: { name: 'c' },
        spec: { ...spec, topic: 'chats', route: '/c' },
        scopes: ['chat'],
      },
    ];

    const subscriptions = readDeclarative(resources, 'post', 'default');

    const common = { pubsub: 'pubsub', metadata: {}, type: 'DECLARATIVE' };
    const to = (path: string) => [{ match: '', path, holds: undefined }];
    expect(subscriptions).toEqual([
      { ...common, topic: 'posts', deadLetterTopic: '', rules: to('/v1'), bulk: undefined },
      {
        ...common,
        topic: 'likes',
        deadLetterTopic: 'dead',
        rules: to('/v2'),
        bulk: { maxMessagesCount: 100, maxAwaitDurationMs: 1000 },
      },
    ]);
  });

  it('of the app itself stand above those of resources, and need a route', () => {
    const one = (spec: object) => parse([{ pubsubname: 'pubsub', ...spec }]);
    const declarative = [...one({ topic: 'a', route: '/old' }), ...one({ topic: 'b', route: '/b' })];
    const programmatic = [...one({ topic: 'a', route: '/new' }), ...one({ topic: 'c' })];

    const merged = mergeSubscriptions(declarative, programmatic);

    expect(merged.map(({ topic, rules }) => [topic, rules[0]?.path])).toEqual([
      ['a', '/new'],
      ['b', '/b'],
    ]);
  });

  it('must be a list', () => {
    expect(() => parse({})).toThrow('json: cannot unmarshal object into Go value of type []pubsub.SubscriptionJSON');
    expect(parse(null)).toEqual([]);
  });
});
