import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userBlocked, type ChatMessage } from '@commons/contracts';
import { anAdmin, anId, type TestUser } from '@commons/platform/testing';
import { buildChat, contents, type ChatUnderTest } from './chat-service.ts';
import { aBlock } from './relations.ts';

let chat: ChatUnderTest;
beforeAll(async () => {
  chat = await buildChat();
});
afterAll(() => chat.stop());

type Place = { chatId: string; message: ChatMessage; other: TestUser };
type Ask = (as: ReturnType<ChatUnderTest['as']>, place: Place) => ReturnType<ReturnType<ChatUnderTest['as']>['get']>;

const routes: [string, Ask][] = [
  ['GET /api/chats/:id', (as, { chatId }) => as.get(`/api/chats/${chatId}`)],
  ['PATCH /api/chats/:id', (as, { chatId }) => as.patch(`/api/chats/${chatId}`).send({ title: 'x' })],
  ['DELETE /api/chats/:id', (as, { chatId }) => as.delete(`/api/chats/${chatId}`)],
  [
    'POST /api/chats/:id/participants',
    (as, { chatId, other }) => as.post(`/api/chats/${chatId}/participants`).send({ user_ids: [other.id] }),
  ],
  [
    'DELETE /api/chats/:id/participants/:user_id',
    (as, { chatId, other }) => as.delete(`/api/chats/${chatId}/participants/${other.id}`),
  ],
  ['GET /api/chats/:id/messages', (as, { chatId }) => as.get(`/api/chats/${chatId}/messages`)],
  ['POST /api/chats/:id/messages', (as, { chatId }) => as.post(`/api/chats/${chatId}/messages`).send({ content: 'x' })],
  ['GET /api/chats/:id/messages/search', (as, { chatId }) => as.get(`/api/chats/${chatId}/messages/search?q=x`)],
  [
    'PATCH /api/chats/:id/messages/:message_id',
    (as, { chatId, message }) => as.patch(`/api/chats/${chatId}/messages/${message.id}`).send({ content: 'x' }),
  ],
  [
    'DELETE /api/chats/:id/messages/:message_id',
    (as, { chatId, message }) => as.delete(`/api/chats/${chatId}/messages/${message.id}`),
  ],
  ['POST /api/chats/:id/read', (as, { chatId }) => as.post(`/api/chats/${chatId}/read`).send({ seq: 1 })],
];

async function aChat(): Promise<Place & { alice: TestUser; bob: TestUser }> {
  const [alice, bob, other] = [chat.person(), chat.person(), chat.person()];
  const chatId = await chat.group(alice, [bob, other]);
  return { chatId, alice, bob, other, message: await chat.say(bob, chatId, 'Between us') };
}

describe('whoever does not take part', () => {
  it.each(routes)('finds no chat: %s', async (_, ask) => {
    const place = await aChat();
    const unknown = { ...place, chatId: anId() };

    const refusals = [
      await ask(chat.as(chat.person()), place),
      await ask(chat.as(anAdmin()), place),
      await ask(chat.as(place.alice), unknown),
    ];

    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(
      refusals.map(() => [404, 'chat_not_found']),
    );
    expect(contents(await chat.history(place.alice, place.chatId))).toEqual(['Between us']);
    expect((await chat.show(place.alice, place.chatId)).participants).toHaveLength(3);
  });

  it.each(routes)('is somebody, or is told to sign in: %s', async (_, ask) => {
    const place = await aChat();

    const refusal = await ask(chat.as(), place);

    expect([refusal.status, refusal.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  it.each(routes)('names a chat by an id: %s', async (_, ask) => {
    const place = await aChat();

    expect((await ask(chat.as(place.alice), { ...place, chatId: 'x' })).status).toBe(400);
  });
});

describe('a block between the two of a direct chat', () => {
  it('hides it from both, but for leaving it and taking back what one wrote; writing is 403', async () => {
    const expected = [404, 403, 204, 403, 403, 404, 403, 404, 403, 204, 404];
    for (const blockerIs of ['other', 'self']) {
      const answers: [string, number, unknown][] = [];
      for (const [name, ask] of routes) {
        const [alice, bob] = [chat.person(), chat.person()];
        const chatId = await chat.direct(alice, bob);
        const message = await chat.say(alice, chatId, 'Before');
        await chat.deliver(userBlocked, blockerIs === 'self' ? aBlock(alice, bob) : aBlock(bob, alice));
        const { status, body } = await ask(chat.as(alice), { chatId, message, other: bob });
        answers.push([name, status, (body as { code?: string }).code]);
      }
      expect(answers.map(([, status]) => status)).toEqual(expected);
      expect(answers.filter(([name]) => /messages$|PATCH .*message_id/.test(name)).map(([, , code]) => code)).toEqual([
        'chat_not_found',
        'blocked',
        'blocked',
      ]);
    }
  });

  it('hides nothing of a group that both are in', async () => {
    const { alice, bob, chatId, message } = await aChat();
    await chat.deliver(userBlocked, aBlock(alice, bob));

    expect(await chat.history(alice, chatId)).toEqual([message]);
    await chat.say(bob, chatId, 'Still here');

    expect(contents(await chat.history(alice, chatId))).toEqual(['Still here', 'Between us']);
    expect(await chat.read(alice, chatId, 2)).toBe(0);
  });

  it('keeps a direct chat away that one of them had put away', async () => {
    const [alice, bob] = [chat.person(), chat.person()];
    const chatId = await chat.direct(alice, bob);
    await chat.as(bob).delete(`/api/chats/${chatId}`).expect(204);
    await chat.deliver(userBlocked, aBlock(bob, alice));

    const refusal = await chat.as(alice).post(`/api/chats/${chatId}/messages`).send({ content: 'x' }).expect(403);

    expect(refusal.body).toMatchObject({ code: 'blocked' });
    await chat.as(bob).get(`/api/chats/${chatId}`).expect(404);
  });
});
