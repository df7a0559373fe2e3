/** What a publisher says of a message beside its data; null (an entry of a bulk without any) shows where a batch is delivered. */
export type MessageMetadata = Record<string, string> | null;

/** A message as a broker holds it. `expiresAt` is milliseconds since the epoch. */
export type Message = {
  id: number;
  topic: string;
  data: Buffer;
  metadata: MessageMetadata;
  expiresAt: number | undefined;
};

/** What a publisher gives to a broker. */
export type Publication = Omit<Message, 'id'> & { routingKey: string };

/** What becomes of a delivered message: done with, thrown away (to the broker's own dead letters), or back in the queue. */
export type Disposition = 'ack' | 'discard' | 'requeue';

/** Takes messages of a queue, at most `prefetch` at once. */
export type Consumer = { prefetch: number; handle(message: Message): Promise<Disposition> };

/** How a queue is made. Declaring one of a known name again changes nothing. */
export type QueueSpec = {
  name: string;
  topic: string;
  /** Whether it and its messages are kept in the journal. */
  isDurable: boolean;
  /** Whether it goes with its last consumer. */
  isAutoDeleted: boolean;
  exchangeKind: 'fanout' | 'direct' | 'topic';
  routingKeys: readonly string[];
  /** How many may wait; the oldest gives way. Undefined: any number. */
  maxLength?: number | undefined;
  /** Where discarded messages go: the broker's own dead-letter queue. */
  deadLetterQueue: string | undefined;
};
