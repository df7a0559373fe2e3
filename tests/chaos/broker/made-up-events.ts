import { randomUUID } from 'node:crypto';
import type { Random } from '../plan/random.ts';
import type { Message } from './broker.ts';

type Envelope = { id: string; type: string; data: unknown; [field: string]: unknown };

const envelopeOf = ({ body }: Message): Envelope => JSON.parse(body.toString()) as Envelope;
const withEnvelope = (message: Message, envelope: Envelope): Message => ({
  ...message,
  body: Buffer.from(JSON.stringify(envelope)),
});

/** Events of a type that nobody asked for, like `pattern` in all else. */
export function unknownEvents(pattern: Message, count: number): Message[] {
  const envelope = envelopeOf(pattern);
  return Array.from({ length: count }, () =>
    withEnvelope(pattern, { ...envelope, id: randomUUID(), type: 'NobodyKnowsThis' }),
  );
}

/** The same events again: with their ids, which everybody has noted. */
export const repeated = (messages: readonly Message[], random: Random, count: number): Message[] =>
  Array.from({ length: messages.length === 0 ? 0 : count }, () => random.pick(messages));

/** An event of each type among some, with data that nobody can read; and the ids of these. */
export function poisonEvents(messages: readonly Message[]): { messages: Message[]; ids: string[] } {
  const byType = new Map(messages.map((message) => [envelopeOf(message).type, message]));
  const poison = [...byType.values()].map((message) =>
    withEnvelope(message, { ...envelopeOf(message), id: `poison-${randomUUID()}`, data: { v: 1 } }),
  );
  return { messages: poison, ids: poison.map((message) => envelopeOf(message).id) };
}
