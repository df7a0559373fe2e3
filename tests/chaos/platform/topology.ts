/** What of the broker's definitions counts here. */
type Definitions = {
  queues: readonly { name: string }[];
  bindings: readonly { source: string; destination: string }[];
};

export type Queue = { name: string; topic: string; service: string };

/** Which service hears of which topic by which queue. */
export type Topology = { queues: Queue[]; topics: string[]; consumers: string[] };

const DEAD_LETTERS = '-dead-letters';

/** Reads the broker's definitions: a queue is called `<service>-<topic>`, and dead letters have topics of their own. */
export function topologyOf({ queues: declared, bindings }: Definitions): Topology {
  const queues = declared.flatMap(({ name }) => {
    const topic = bindings.find(({ destination }) => destination === name)?.source;
    return topic === undefined ? [] : [{ name, topic, service: name.slice(0, -(topic.length + 1)) }];
  });
  const topics = [...new Set(bindings.map(({ source }) => source))].filter((topic) => !isForDeadLetters(topic));
  return { queues, topics, consumers: [...new Set(queues.map(({ service }) => service))] };
}

/** The queues by which a service hears of what happened; not the one of its dead letters. */
export const queuesOf = ({ queues }: Topology, service: string): Queue[] =>
  queues.filter((queue) => queue.service === service && !isForDeadLetters(queue.topic));

const isForDeadLetters = (topic: string): boolean => topic.endsWith(DEAD_LETTERS);
