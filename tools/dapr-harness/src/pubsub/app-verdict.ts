import type { AppAnswer } from '../api/component-family.ts';
import { decodeGoJson, goString, goStruct } from '../go-json/decode.ts';
import { StatusError } from '../resiliency/errors.ts';

/** The app asked for a message to be dropped, or has no such route. */
export class MessageDropped extends Error {
  constructor() {
    super('pubsub message dropped');
    this.name = 'MessageDropped';
  }
}

/** Judges an app's answer to an event: returns when it is handled, throws `MessageDropped` or what a retry policy may repeat. */
export function judgeAnswer({ status, body }: AppAnswer, eventId: unknown, topic: string): void {
  const event = `pub/sub event ${String(eventId)}`;
  if (status >= 200 && status <= 299) {
    const verdict = readStatus(body);
    if (verdict === undefined || verdict === '' || verdict === 'SUCCESS') return;
    if (verdict === 'DROP') throw new MessageDropped();
    if (verdict === 'RETRY') throw new Error(`RETRY status returned from app while processing ${event}`);
    throw new Error(`unknown status returned from app while processing ${event}, status: ${verdict}`);
  }
  if (status === 404) throw new MessageDropped();
  const what = `retriable error returned from app while processing ${event}, topic: ${topic}`;
  throw new StatusError(status, `${what}, body: ${body.toString()}. status code returned: ${status}`);
}

const ANSWER = goStruct('pubsub.AppResponse', { status: { name: 'status', type: goString } });

/** The `status` of the first JSON value of an answer; undefined when there is none to read. */
function readStatus(body: Buffer): string | undefined {
  if (body.length === 0) return undefined;
  try {
    return decodeGoJson(body, ANSWER).status;
  } catch {
    return undefined;
  }
}
