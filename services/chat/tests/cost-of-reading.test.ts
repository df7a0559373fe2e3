import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '@commons/platform';
import { profileReads } from '@commons/platform/testing';
import { buildChat, type ChatUnderTest } from './chat-service.ts';

const CHATS = 3_000;
const MESSAGES = 6_000;
const START = Date.UTC(2026, 0, 1);

let chat: ChatUnderTest;
let alice: ReturnType<ChatUnderTest['person']>;
let chatId: string;
beforeAll(async () => {
  chat = await buildChat();
  alice = chat.person();
  chatId = await chat.group(alice, [chat.person()]);
  await chat.say(alice, chatId, 'common words');
  const { db } = chat.ctx;
  const { _id: _chat, ...aChat } = (await db.collection('chats').findOne())!;
  const { _id: _message, ...aMessage } = (await db.collection('messages').findOne())!;
  const chats = Array.from({ length: CHATS }, (_, n) => ({ ...aChat, updated_at: new Date(START + n * 1_000) }));
  const messages = Array.from({ length: MESSAGES }, (_, n) => ({ ...aMessage, seq: n + 2 }));
  await db.collection('chats').insertMany(chats);
  await db.collection('messages').insertMany(messages);
  await db.collection('chats').updateOne({ _id: _chat }, { $set: { last_seq: MESSAGES + 1 } });
}, 60_000);
afterAll(() => chat.stop());

const collections = ['chats', 'messages', 'read_marks', 'people', 'blocks'];

describe('the cost of reading', () => {
  it.each([
    ['the first chats', () => '/api/chats?limit=5&cursor='],
    ['chats far down', () => `/api/chats?limit=5&cursor=${encodeCursor([START + 5_000, 'f'.repeat(24)])}`],
    ['a chat', () => `/api/chats/${chatId}`],
    ['the latest messages', () => `/api/chats/${chatId}/messages?limit=5`],
    ['messages long past', () => `/api/chats/${chatId}/messages?limit=5&before=100`],
    ['messages between', () => `/api/chats/${chatId}/messages?limit=5&after=3000&before=4000`],
    ['words', () => `/api/chats/${chatId}/messages/search?q=common&limit=5`],
    ['words long past', () => `/api/chats/${chatId}/messages/search?q=common+words&limit=5&before=100`],
  ])('is that of what is shown: %s', async (_, path) => {
    const profiled = await profileReads(chat.ctx.db, collections, () => chat.as(alice).get(path()).expect(200));

    expect(profiled.length).toBeGreaterThan(2);
    for (const { hasSortStage, planSummary, keysExamined, docsExamined } of profiled)
      expect({ hasSortStage, planSummary, isCheap: keysExamined <= 20 && docsExamined <= 10 }).toEqual({
        hasSortStage: false,
        planSummary: expect.stringMatching(/^(IXSCAN|IDHACK|EXPRESS)/),
        isCheap: true,
      });
  });
});
