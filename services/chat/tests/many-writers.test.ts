import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messageSent, type ChatMessage } from '@commons/contracts';
import type { TestUser } from '@commons/platform/testing';
import { buildChat, told, type ChatUnderTest } from './chat-service.ts';
import { startReplica, type Replica } from './replica.ts';

const WRITERS = 20;
const MESSAGES_EACH = 100;
const ALL = WRITERS * MESSAGES_EACH;

let chat: ChatUnderTest;
let replicas: [Replica, Replica];
beforeAll(async () => {
  chat = await buildChat();
  replicas = [await startReplica(chat), await startReplica(chat)];
}, 60_000);
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.kill()));
  await chat.stop();
});

/** Sends until it is answered, as a client does whose connection breaks: by turns to either replica. */
async function send(user: TestUser, path: string, clientId: string, turn: number): Promise<number> {
  for (let attempt = turn; attempt < turn + 200; attempt++) {
    const replica = replicas[attempt % 2 === 0 ? 0 : 1];
    const answer = await replica.post(user, path, { content: clientId, client_id: clientId }).catch(() => undefined);
    if (answer?.status === 201 || answer?.status === 200) return answer.body['seq'] as number;
    if (answer && answer.status < 500) throw new Error(`a message was answered ${answer.status}`);
  }
  throw new Error('a message was never taken');
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

describe('twenty who write to one chat over two replicas', () => {
  it('get the numbers 1 to 2,000, each once, though replicas are killed in between', async () => {
    const writers = Array.from({ length: WRITERS }, () => chat.person());
    const chatId = await chat.group(writers[0]!, writers.slice(1));
    const path = `/api/chats/${chatId}/messages`;
    let answered = 0;
    const kills = [
      { at: ALL / 3, victim: 0 },
      { at: (ALL * 2) / 3, victim: 1 },
    ];
    const deaths: Promise<void>[] = [];
    async function replace(victim: number): Promise<void> {
      await replicas[victim]!.kill();
      replicas[victim] = await startReplica(chat);
    }

    const given = await Promise.all(
      writers.map(async (writer, w) => {
        const seqs: number[] = [];
        for (let n = 0; n < MESSAGES_EACH; n++) {
          seqs.push(await send(writer, path, `${w}-${n}`, w + n));
          answered += 1;
          if (kills[0] && answered >= kills[0].at) deaths.push(replace(kills.shift()!.victim));
        }
        return seqs;
      }),
    );
    await Promise.all(deaths);

    expect(deaths).toHaveLength(2);
    expect(given.flat().sort((a, b) => a - b)).toEqual(numbers(ALL));
    const stored = await chat.ctx.messageList.oldest({ chatId, limit: ALL + 1 });
    expect(stored.map(({ seq }) => seq)).toEqual(numbers(ALL));
    expect(new Set(stored.map(({ authorId, content }) => `${authorId} ${content}`)).size).toBe(ALL);
    for (const [w, seqs] of given.entries()) {
      const own = stored.filter(({ authorId }) => authorId === writers[w]!.id);
      expect(own.map(({ content }) => content)).toEqual(seqs.map((_, n) => `${w}-${n}`));
    }
    const sent = (await told(chat, messageSent, chatId)).map(({ message }) => (message as ChatMessage).seq);
    expect([...new Set(sent)].sort((a, b) => a - b)).toEqual(numbers(ALL));
    const { unread_count } = await chat.show(writers[0]!, chatId);
    expect(await chat.read(writers[0]!, chatId, 0)).toBe(unread_count);
    expect(await chat.read(writers[0]!, chatId, ALL)).toBe(0);
  }, 600_000);
});

describe('two who open their chat at two replicas at once', () => {
  it('have one', async () => {
    for (let round = 0; round < 10; round++) {
      const [alice, bob] = [chat.person(), chat.person()];
      const open = (replica: Replica, user: TestUser, other: TestUser) =>
        replica.post(user, '/api/chats', { type: 'direct', participant_ids: [other.id] });

      const answers = await Promise.all([
        open(replicas[0], alice, bob),
        open(replicas[1], bob, alice),
        open(replicas[0], bob, alice),
        open(replicas[1], alice, bob),
      ]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    }
  });
});
