import type { Express, Request, Response } from 'express';
import type { Connection } from 'mongoose';
import { readJson } from '../http/body.ts';
import { consume, type ConsumerHost, type Outcome } from './consumer.ts';
import { keepDeadLetter } from './dead-letters.ts';
import { receivedEnvelope, type ReceivedEnvelope } from './envelope.ts';
import { DEAD_LETTER_PATH, eventPath, IGNORED_PATH, subscribeDocument } from './subscribe-document.ts';
import type { Subscription } from './subscription.ts';

/** Events may be larger than requests: they hold what a service chose to say. */
const MAX_EVENT_BYTES = 4 * 1024 * 1024;

export type EventHost<Context> = ConsumerHost<Context> & {
  service: string;
  subscriptions: readonly Subscription<Context>[];
  pubsub: string;
  broadcast: string;
};

/** Mounts what the sidecar asks for: `/dapr/subscribe`, `/dapr/config` and a path for each event. */
export function mountEvents<Context>(app: Express, host: EventHost<Context>): void {
  app.get('/dapr/config', (_request, response) => void response.json({}));
  app.get('/dapr/subscribe', (_request, response) => void response.json(subscribeDocument(host)));
  app.post(IGNORED_PATH, (_request, response) => void response.json({ status: 'SUCCESS' }));
  const { db } = host;
  if (db) app.post(DEAD_LETTER_PATH, async (request, response) => keep(db, request, response));
  for (const subscription of host.subscriptions) {
    app.post(eventPath(subscription), async (request, response) => {
      const envelope = receivedEnvelope.safeParse(await readJson(request, response, MAX_EVENT_BYTES));
      const outcome = envelope.success ? await consume(subscription, envelope.data, host) : 'poison';
      acknowledge(response, outcome);
    });
  }
}

/** Handles an event that is not on its way any more, e.g. one of the dead letters. @throws where it fails again. */
export async function handleAgain<Context>(envelope: ReceivedEnvelope, host: EventHost<Context>): Promise<void> {
  const subscription = host.subscriptions.find(
    ({ event, delivery }) => delivery === 'queue' && event.type === envelope.type,
  );
  if (!subscription) return;
  const outcome = await consume(subscription, envelope, host);
  if (outcome === 'failed' || outcome === 'poison') throw new Error(`the event ${envelope.id} failed again`);
}

async function keep(db: Connection, request: Request, response: Response): Promise<void> {
  const envelope = receivedEnvelope.safeParse(await readJson(request, response, MAX_EVENT_BYTES));
  if (envelope.success) await keepDeadLetter(db, envelope.data);
  response.json({ status: 'SUCCESS' });
}

/** In Dapr's words: `DROP` sends to the dead letters at once, a 500 after the retries of the resiliency policy. */
function acknowledge(response: Response, outcome: Outcome): void {
  if (outcome === 'failed') response.status(500).json({ status: 'RETRY' });
  else response.json({ status: outcome === 'poison' ? 'DROP' : 'SUCCESS' });
}
