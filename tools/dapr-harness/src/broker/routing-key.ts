import type { QueueSpec } from './message.ts';

/** Whether a message with this routing key goes into a queue: always by fanout, else by the keys that it is bound with. */
export function isBound({ exchangeKind, routingKeys }: QueueSpec, routingKey: string): boolean {
  if (exchangeKind === 'fanout') return true;
  if (exchangeKind === 'direct') return routingKeys.includes(routingKey);
  return routingKeys.some((pattern) => isTopicMatch(pattern.split('.'), routingKey.split('.')));
}

/** RabbitMQ's topic patterns: a star is one word, a hash any number of them. */
function isTopicMatch(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#') return isTopicMatch(rest, words) || (words.length > 0 && isTopicMatch(pattern, words.slice(1)));
  if (words.length === 0 || (first !== '*' && first !== words[0])) return false;
  return isTopicMatch(rest, words.slice(1));
}
