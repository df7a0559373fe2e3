import { metadataValue, type Component } from '../resources/component.ts';

/** Which topics an app may use on a pub/sub, by the component's scoping metadata. */
export type TopicScopes = { mayPublish(topic: string): boolean; maySubscribe(topic: string): boolean };

export function readTopicScopes(component: Component, appId: string): TopicScopes {
  const allowed = topicList(metadataValue(component, 'allowedTopics'));
  const isProtected = topicList(metadataValue(component, 'protectedTopics'));
  const mayUse = (scoped: ReadonlySet<string>) => (topic: string) => {
    if (allowed.size > 0 && !allowed.has(topic)) return false;
    if (!isProtected.has(topic) && scoped.size === 0) return true;
    return scoped.has(topic);
  };
  return {
    mayPublish: mayUse(scopedTopics(metadataValue(component, 'publishingScopes'), appId)),
    maySubscribe: mayUse(scopedTopics(metadataValue(component, 'subscriptionScopes'), appId)),
  };
}

/** The topics of one app in `app1=topic1,topic2;app2=`. */
function scopedTopics(scopes: string | undefined, appId: string): Set<string> {
  const topics = new Set<string>();
  for (const scope of withoutSpaces(scopes).split(';')) {
    const [app, list] = scope.split('=');
    if (app === appId && list !== undefined) for (const topic of list.split(',')) topics.add(topic);
  }
  return topics;
}

function topicList(list: string | undefined): Set<string> {
  const text = withoutSpaces(list);
  return new Set(text === '' ? [] : text.split(','));
}

function withoutSpaces(text: string | undefined): string {
  return (text ?? '').replaceAll(' ', '');
}
