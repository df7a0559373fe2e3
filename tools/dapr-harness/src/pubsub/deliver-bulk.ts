import type { Disposition, Message } from '../broker/message.ts';
import { deliver } from './deliver.ts';
import type { SubscriberContext } from './subscriber.ts';
import type { BulkSubscribe } from './subscription.ts';

export function createBulkCollector(
  context: SubscriberContext,
  _bulk: BulkSubscribe,
): (message: Message) => Promise<Disposition> {
  return (message) => deliver(context, message);
}
