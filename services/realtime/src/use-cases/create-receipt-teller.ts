import { messageReceived } from '@commons/contracts';
import { createOutageLog, type BaseContext } from '@commons/platform';
import type { RealtimeConfig } from '../config.ts';
import type { Receipt, Receipts } from '../domain/receipts.ts';

/** How often it is told how far users have their chats, in milliseconds. */
const EVERY_MS = 1_000;
/** Receipts that are on their way at the same time: where the broker is slow, there will be fewer of them. */
const AT_A_TIME = 10;

export type ReceiptTeller = {
  start(): void;
  /** Tells what is left. */
  stop(): Promise<void>;
};

/** Tells now and then how far users have their chats: without the outbox, as a later receipt stands for one that is lost. */
export function createReceiptTeller({
  receipts,
  announce,
  log,
}: Pick<BaseContext<RealtimeConfig>, 'announce' | 'log'> & { receipts: Receipts }): ReceiptTeller {
  const outage = createOutageLog(log, {
    away: 'nobody is told what has reached devices: it could not be published',
    back: 'what reaches devices is told again',
  });
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;

  const tell = (): Promise<void> => (telling ??= tellAll().finally(() => (telling = undefined)));

  async function tellAll(): Promise<void> {
    for (let due = receipts.take(); due.length > 0; due = due.slice(AT_A_TIME)) {
      try {
        await Promise.all(due.slice(0, AT_A_TIME).map(tellOne));
        outage.worked();
      } catch (error) {
        outage.failed(error);
        receipts.giveBack(due);
        return;
      }
    }
  }

  function tellOne({ chatId, userId, seq, receivedAt }: Receipt): Promise<void> {
    const data = { chat_id: chatId, user_id: userId, seq, received_at: receivedAt.toISOString() };
    return announce(messageReceived, chatId, data);
  }

  return {
    start: () => void (timer = setInterval(() => void tell(), EVERY_MS).unref()),
    async stop() {
      clearInterval(timer);
      await telling;
      await tell();
    },
  };
}
