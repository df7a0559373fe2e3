import type {} from 'expect';
import { expect } from '@jest/globals';
import type { DaprHarness } from '../harness.ts';
import type { Envelope } from '../pubsub/envelope.ts';

/** A part of an envelope, e.g. `{ type: 'PostCreated', data: expect.objectContaining({ post_id: '1' }) }`. */
export type EnvelopePart = Record<string, unknown>;

/** What `expect(harness)` can be asked once this module is imported. */
export type DaprMatchers<R> = {
  /** An event of the topic was published whose envelope has these members. */
  toHavePublished(topic: string, envelope?: EnvelopePart): R;
  /** So many such events were published. */
  toHavePublishedTimes(count: number, topic: string, envelope?: EnvelopePart): R;
  /** Such an event, published to the topic, ended among the dead letters. */
  toHaveDeadLettered(topic: string, envelope?: EnvelopePart): R;
};

declare module 'expect' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging takes an interface
  interface Matchers<R extends void | Promise<void>> extends DaprMatchers<R> {}
}

type Result = { pass: boolean; message(): string };

/** The matchers, for `expect.extend`; importing this entry has already done so. */
export const daprMatchers = {
  toHavePublished(actual: unknown, topic: string, envelope: EnvelopePart = {}): Result {
    const published = asHarness(actual).published({ topic });
    const pass = countMatches(published, envelope) > 0;
    return { pass, message: () => explain(`an event on ${topic}`, pass, envelope, published) };
  },
  toHavePublishedTimes(actual: unknown, count: number, topic: string, envelope: EnvelopePart = {}): Result {
    const published = asHarness(actual).published({ topic });
    const pass = countMatches(published, envelope) === count;
    return { pass, message: () => explain(`${count} events on ${topic}`, pass, envelope, published) };
  },
  toHaveDeadLettered(actual: unknown, topic: string, envelope: EnvelopePart = {}): Result {
    const dead = asHarness(actual)
      .deadLetters({ topic })
      .map((letter) => letter.envelope);
    const pass = countMatches(dead, envelope) > 0;
    return { pass, message: () => explain(`a dead letter of ${topic}`, pass, envelope, dead) };
  },
};

expect.extend(daprMatchers);

function asHarness(actual: unknown): Pick<DaprHarness, 'published' | 'deadLetters'> {
  const harness = actual as DaprHarness | null;
  if (typeof harness?.published !== 'function') throw new Error('expect() was not given a Dapr harness');
  return harness;
}

function countMatches(envelopes: readonly Envelope[], part: EnvelopePart): number {
  const wanted = expect.objectContaining(part) as { asymmetricMatch(other: unknown): boolean };
  return envelopes.filter((envelope) => wanted.asymmetricMatch(envelope)).length;
}

function explain(what: string, pass: boolean, part: EnvelopePart, actual: readonly Envelope[]): string {
  const wanted = Object.keys(part).length > 0 ? ` with ${JSON.stringify(part, showMatchers)}` : '';
  const list = actual.map((envelope) => `\n  ${JSON.stringify(envelope)}`).join('') || ' nothing';
  return `expected ${pass ? 'not ' : ''}${what}${wanted}; there was${list}`;
}

/** `ObjectContaining {…}` rather than the matcher's inside. */
function showMatchers(_key: string, value: unknown): unknown {
  const matcher = value as { asymmetricMatch?: unknown; sample?: unknown; toString(): string } | null;
  if (typeof matcher?.asymmetricMatch !== 'function') return value;
  return { [matcher.toString()]: matcher.sample };
}
