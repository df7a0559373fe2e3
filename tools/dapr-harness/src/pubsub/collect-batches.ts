import type { Disposition, Message } from '../broker/message.ts';
import type { BulkSubscribe } from './subscription.ts';

type Waiting = { message: Message; resolve(disposition: Disposition): void };

/** Gathers messages until there are enough or the first has waited long enough, and hands them on together. */
export function collectBatches(
  { maxMessagesCount, maxAwaitDurationMs }: BulkSubscribe,
  handle: (messages: readonly Message[]) => Promise<Disposition[]>,
): (message: Message) => Promise<Disposition> {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    const batch = waiting;
    waiting = [];
    const dispositions = await handle(batch.map(({ message }) => message)).catch((): Disposition[] => []);
    batch.forEach(({ resolve }, index) => resolve(dispositions[index] ?? 'requeue'));
  };
  return (message) =>
    new Promise((resolve) => {
      waiting.push({ message, resolve });
      if (waiting.length >= maxMessagesCount) void flush();
      else if (waiting.length === 1) timer = setTimeout(() => void flush(), maxAwaitDurationMs);
    });
}
