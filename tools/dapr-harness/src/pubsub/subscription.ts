import { compileExpression, type Expression } from '../expression.ts';
import { decodeGoJson, goBool, goInt, goMap, goSlice, goString, goStruct } from '../go-json/decode.ts';
import { isInScope, type Resource } from '../resources/resource.ts';

/** Where an event goes: to `path` if `match` (CEL over `event`; none is always) holds. */
export type RoutingRule = { match: string; path: string; holds: Expression | undefined };

export type BulkSubscribe = { maxMessagesCount: number; maxAwaitDurationMs: number };

/** What an app wants of a topic. */
export type Subscription = {
  pubsub: string;
  topic: string;
  deadLetterTopic: string;
  metadata: Record<string, string>;
  rules: readonly RoutingRule[];
  bulk: BulkSubscribe | undefined;
  type: 'PROGRAMMATIC' | 'DECLARATIVE';
};

type RoutesSpec = { rules?: { match?: string; path?: string }[]; default?: string };
type BulkSpec = { enabled?: boolean; maxMessagesCount?: number; maxAwaitDurationMs?: number };

/** One entry of what `GET /dapr/subscribe` answers, or the `spec` of a Subscription resource. */
type SubscriptionSpec = {
  pubsubname?: string;
  topic?: string;
  deadLetterTopic?: string;
  metadata?: Record<string, string> | null;
  route?: string;
  routes?: RoutesSpec | null;
  bulkSubscribe?: BulkSpec | null;
};

const RULE = goStruct('pubsub.RuleJSON', {
  match: { name: 'match', type: goString },
  path: { name: 'path', type: goString },
});

const SUBSCRIPTIONS = goSlice(
  goStruct('pubsub.SubscriptionJSON', {
    pubsubname: { name: 'pubsubname', type: goString },
    topic: { name: 'topic', type: goString },
    deadLetterTopic: { name: 'deadLetterTopic', type: goString },
    metadata: { name: 'metadata', type: goMap(goString) },
    route: { name: 'route', type: goString },
    routes: {
      name: 'routes',
      type: goStruct('pubsub.RoutesJSON', {
        rules: { name: 'rules', type: goSlice(RULE) },
        default: { name: 'default', type: goString },
      }),
    },
    bulkSubscribe: {
      name: 'bulkSubscribe',
      type: goStruct('pubsub.BulkSubscribeJSON', {
        enabled: { name: 'enabled', type: goBool },
        maxMessagesCount: { name: 'maxMessagesCount', type: goInt },
        maxAwaitDurationMs: { name: 'maxAwaitDurationMs', type: goInt },
      }),
    },
  }),
);

const DEFAULT_BULK: BulkSubscribe = { maxMessagesCount: 100, maxAwaitDurationMs: 1000 };

/**
 * Reads an app's own list of subscriptions, leaving out those that have no route. Throws when it is no list or a rule does not
 * parse.
 */
export function parseProgrammatic(list: Buffer): Subscription[] {
  if (list.length === 0) return [];
  return decodeGoJson(list, SUBSCRIPTIONS)
    .map((spec) => toSubscription(spec, 'PROGRAMMATIC'))
    .filter(({ rules }) => rules.length > 0);
}

/** The Subscription resources that an app sees: `v2alpha1` with routes and `v1alpha1` with a route. */
export function readDeclarative(resources: readonly Resource[], appId: string, namespace: string): Subscription[] {
  return resources
    .filter((resource) => resource.kind === 'Subscription' && isInScope(resource, appId, namespace))
    .map(({ spec = {} }) => toSubscription(spec as SubscriptionSpec, 'DECLARATIVE'));
}

/** All subscriptions of an app: for a topic that is in both lists, the app's own holds. */
export function mergeSubscriptions(
  declarative: readonly Subscription[],
  programmatic: readonly Subscription[],
): Subscription[] {
  const byTopic = new Map<string, Subscription>();
  for (const subscription of declarative) {
    const key = `${subscription.pubsub}||${subscription.topic}`;
    if (!byTopic.has(key)) byTopic.set(key, subscription);
  }
  for (const subscription of programmatic) byTopic.set(`${subscription.pubsub}||${subscription.topic}`, subscription);
  return [...byTopic.values()];
}

/** The path of the first rule that holds; undefined when none does. Throws when a rule fails, e.g. on a missing field. */
export function findRoute(rules: readonly RoutingRule[], event: unknown): string | undefined {
  for (const { match, path, holds } of rules) {
    if (!holds) return path;
    const result = holds({ event });
    if (typeof result !== 'boolean') throw new Error(`the result of match expression ${match} was not a boolean`);
    if (result) return path;
  }
  return undefined;
}

function toSubscription(spec: SubscriptionSpec, type: Subscription['type']): Subscription {
  return {
    pubsub: spec.pubsubname ?? '',
    topic: spec.topic ?? '',
    deadLetterTopic: spec.deadLetterTopic ?? '',
    metadata: spec.metadata ?? {},
    rules: toRules(spec),
    bulk: toBulk(spec.bulkSubscribe),
    type,
  };
}

function toRules({ route, routes }: SubscriptionSpec): RoutingRule[] {
  const rules = (routes?.rules ?? []).map(({ match = '', path = '' }) => ({
    match,
    path,
    holds: match.trim() === '' ? undefined : compileExpression(match.trim()),
  }));
  const fallback = routes?.default || route;
  return fallback ? [...rules, { match: '', path: fallback, holds: undefined }] : rules;
}

function toBulk(spec: BulkSpec | null | undefined): BulkSubscribe | undefined {
  if (!spec?.enabled) return undefined;
  return {
    maxMessagesCount: spec.maxMessagesCount || DEFAULT_BULK.maxMessagesCount,
    maxAwaitDurationMs: spec.maxAwaitDurationMs || DEFAULT_BULK.maxAwaitDurationMs,
  };
}
