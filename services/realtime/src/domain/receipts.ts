import { LRUCache } from 'lru-cache';

/** A message, and with it those before it, has reached a device of a user's. */
export type Receipt = { chatId: string; userId: string; seq: number; receivedAt: Date };

/** Marks that are remembered, and that may wait. */
const MAX_MARKS = 50_000;

export type Receipts = ReturnType<typeof createReceipts>;

/** How far users' devices here have their chats. Of several receipts of one user and chat only the last waits to be told of. */
export function createReceipts() {
  const taken = new LRUCache<string, number>({ max: MAX_MARKS });
  const waiting = new LRUCache<string, Receipt>({ max: MAX_MARKS });

  function wait(receipt: Receipt): void {
    const key = keyOf(receipt);
    if ((waiting.peek(key)?.seq ?? 0) < receipt.seq) waiting.set(key, receipt);
  }

  return {
    /** Notes a receipt, unless as much or more has been told of. */
    note(receipt: Receipt): void {
      if ((taken.get(keyOf(receipt)) ?? 0) < receipt.seq) wait(receipt);
    },
    /** What is to be told of now. */
    take(): Receipt[] {
      const receipts = [...waiting.values()];
      waiting.clear();
      receipts.forEach((receipt) => taken.set(keyOf(receipt), receipt.seq));
      return receipts;
    },
    /** Has what could not be told of wait again; what has come meanwhile stands for it. */
    giveBack: (receipts: readonly Receipt[]): void => receipts.forEach(wait),
  };
}

const keyOf = ({ chatId, userId }: Receipt): string => `${chatId}:${userId}`;
