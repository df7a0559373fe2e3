import type { ComponentMetadata } from '../api/component-family.ts';
import { brokerKey, createPubSub, PUBSUB_TYPES, type PubSub } from '../pubsub/pubsub.ts';
import type { Component } from '../resources/component.ts';
import type { BrokerDirectory } from './world.ts';

/** The pub/sub components of an app by name. Those on the same host share a broker with all other apps'. */
export function createPubSubs(
  components: readonly Component[],
  brokers: BrokerDirectory,
  appId: string,
  namespace: string,
): Map<string, PubSub> {
  const own = components.filter(({ type }) => PUBSUB_TYPES.has(type));
  return new Map(
    own.map((component) => [
      component.name,
      createPubSub(component, brokers.open(brokerKey(component)), appId, namespace),
    ]),
  );
}

export function pubsubMetadata({ component, hasTtl }: PubSub): ComponentMetadata {
  const { name, type, version } = component;
  return { name, type, version, capabilities: [hasTtl ? 'MESSAGE_TTL' : 'SUBSCRIBE_WILDCARDS'] };
}
