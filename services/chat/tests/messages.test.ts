import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messageDeleted, messageEdited, messageSent, type ChatMessage } from '@commons/contracts';
import { anId, fakeClock } from '@commons/platform/testing';
import { buildChat, contents, ids, told, type ChatUnderTest } from './chat-service.ts';

let chat: ChatUnderTest;
const clock = fakeClock('2026-02-01T10:00:00.000Z');
beforeAll(async () => {
  chat = await buildChat({ clock });
});
afterAll(() => chat.stop());

const DAY_MS = 24 * 60 * 60_000;

async function aGroup() {
  const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
  const chatId = await chat.group(alice, [bob, carol], 'Walkers');
  return { alice, bob, carol, chatId, path: `/api/chats/${chatId}/messages` };
}

describe('a message', () => {
  it('has the next number of its chat, and is told to all who take part', async () => {
    const { alice, bob, carol, chatId, path } = await aGroup();
    const photo_id = anId();
    const first = await chat.say(bob, chatId, 'Hello');

    const { body, headers } = await chat
      .as(alice)
      .post(path)
      .send({ content: 'Look', media: [{ photo_id, type: 'image' }], reply_to: first.id, client_id: 'a-1' })
      .expect(201);

    const message = {
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      chat_id: chatId,
      seq: 2,
      author_id: alice.id,
      content: 'Look',
      media: [{ photo_id, type: 'image' }],
      reply_to: first.id,
      created_at: clock.now().toISOString(),
      edited_at: null,
      deleted: false,
      read_by_count: 0,
    };
    expect(body).toEqual(message);
    expect(headers['location']).toBe(path);
    expect(await chat.history(carol, chatId)).toEqual([body, first]);
    const about = { chat_type: 'group', chat_title: 'Walkers', recipient_ids: ids([alice, bob, carol]), revision: 0 };
    expect(await told(chat, messageSent, chatId)).toEqual([
      { message: first, author_username: bob.username, client_id: null, ...about },
      { message: body, author_username: alice.username, client_id: 'a-1', ...about },
    ]);
    expect(await chat.show(carol, chatId)).toMatchObject({ last_message: message, unread_count: 2 });
  });

  it('may be media alone, and hold 4,000 characters, counted as code points', async () => {
    const { alice, chatId, path } = await aGroup();
    const media = [{ photo_id: anId(), type: 'file' }];

    const alone = await chat.as(alice).post(path).send({ media }).expect(201);
    const long = await chat.say(alice, chatId, '😀'.repeat(4_000));

    expect(alone.body).toMatchObject({ content: '', media });
    expect(Array.from(long.content)).toHaveLength(4_000);
    await chat
      .as(alice)
      .post(path)
      .send({ content: '😀'.repeat(4_001) })
      .expect(422);
  });

  it.each([
    [{}, 422],
    [{ content: '' }, 422],
    [{ content: ' \n' }, 422],
    [{ content: '', media: [] }, 422],
    [{ content: 7 }, 400],
    [{ content: null }, 400],
    [{ content: 'x', media: 'photo' }, 400],
    [{ content: 'x', media: [{ type: 'image' }] }, 400],
    [{ content: 'x', media: [{ photo_id: 'x', type: 'image' }] }, 400],
    [{ content: 'x', media: [{ photo_id: anId(), type: 'hologram' }] }, 422],
    [{ content: 'x', media: Array.from({ length: 11 }, () => ({ photo_id: anId(), type: 'image' })) }, 422],
    [{ content: 'x', reply_to: 'x' }, 400],
    [{ content: 'x', reply_to: anId() }, 422],
    [{ content: 'x', client_id: '' }, 422],
    [{ content: 'x', client_id: 'x'.repeat(129) }, 422],
    [{ content: 'x', client_id: 7 }, 400],
  ])('that is none is refused, and takes no number: %j', async (body, status) => {
    const { alice, chatId, path } = await aGroup();

    await chat.as(alice).post(path).send(body).expect(status);

    expect((await chat.say(alice, chatId, 'First')).seq).toBe(1);
  });

  it('answers one of its own chat alone', async () => {
    const { alice, bob, path } = await aGroup();
    const elsewhere = await chat.say(alice, await chat.direct(alice, bob), 'Elsewhere');

    const { body } = await chat.as(alice).post(path).send({ content: 'x', reply_to: elsewhere.id }).expect(422);

    expect(body).toMatchObject({
      code: 'reply_to_not_found',
      errors: [{ path: 'reply_to', message: 'is no message of this chat' }],
    });
  });

  it('is not read before it is JSON of a fitting size', async () => {
    const { alice, path } = await aGroup();

    await chat.as(alice).post(path).set('content-type', 'application/json').send('{').expect(400);
    await chat.as(alice).post(path).set('content-type', 'text/plain').send('hello').expect(415);
    await chat
      .as(alice)
      .post(path)
      .send({ content: 'x'.repeat(101 * 1024) })
      .expect(413);
  });

  it('may name its chat in the body, as clients of earlier systems do', async () => {
    const { alice, bob, chatId } = await aGroup();
    const send = (user: typeof alice, body: object) => chat.as(user).post('/api/chats/messages').send(body);

    const { body } = await send(alice, { chat_id: chatId, content: 'Hello', client_id: 'old' }).expect(201);

    expect(await chat.history(bob, chatId)).toEqual([body]);
    expect((await send(alice, { chat_id: chatId, content: 'Hello', client_id: 'old' }).expect(200)).body).toEqual(body);
    await send(alice, { content: 'Hello' }).expect(400);
    await send(alice, { chat_id: 'x', content: 'Hello' }).expect(400);
    await send(alice, { chat_id: chatId }).expect(422);
    await send(chat.person(), { chat_id: chatId, content: 'Hello' }).expect(404);
    await chat.as().post('/api/chats/messages').send({ chat_id: chatId, content: 'Hello' }).expect(401);
  });
});

describe('a message that is sent again', () => {
  it('by its client_id is the same, whatever it says, and takes no number', async () => {
    const { alice, chatId, path } = await aGroup();
    const send = (content: string) => chat.as(alice).post(path).send({ content, client_id: 'same' });
    const first = await send('Once').expect(201);

    const again = await send('Twice').expect(200);

    expect(again.body).toEqual(first.body);
    expect(contents(await chat.history(alice, chatId))).toEqual(['Once']);
    expect((await chat.say(alice, chatId, 'Next')).seq).toBe(2);
    expect(await told(chat, messageSent, chatId)).toHaveLength(2);
  });

  it('at the same time is one', async () => {
    const { alice, chatId, path } = await aGroup();

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => chat.as(alice).post(path).send({ content: 'Once', client_id: 'same' })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => (body as ChatMessage).id)).size).toBe(1);
    expect(contents(await chat.history(alice, chatId))).toEqual(['Once']);
  });

  it('by somebody else, or in another chat, is another', async () => {
    const { alice, bob, chatId } = await aGroup();
    const other = await chat.direct(alice, bob);
    const one = await chat.say(alice, chatId, 'One', { client_id: 'same' });

    const two = await chat.say(bob, chatId, 'Two', { client_id: 'same' });
    const three = await chat.say(alice, other, 'Three', { client_id: 'same' });

    expect(new Set([one.id, two.id, three.id]).size).toBe(3);
  });
});

describe('an edit', () => {
  it('changes what a message says, and is told', async () => {
    const { alice, bob, carol, chatId, path } = await aGroup();
    const sent = await chat.say(alice, chatId, 'Helo');
    await chat.read(bob, chatId, 1);
    clock.advance(60_000);

    const { body } = await chat.as(alice).patch(`${path}/${sent.id}`).send({ content: 'Hello' }).expect(200);

    expect(body).toEqual({ ...sent, content: 'Hello', edited_at: clock.now().toISOString(), read_by_count: 1 });
    expect(await chat.history(bob, chatId)).toEqual([body]);
    expect(await told(chat, messageEdited, chatId)).toEqual([
      { message: body, revision: 1, recipient_ids: ids([alice, bob, carol]) },
    ]);
  });

  it('is possible for 24 hours', async () => {
    const { alice, chatId, path } = await aGroup();
    const sent = await chat.say(alice, chatId, 'One');
    const edit = (content: string) => chat.as(alice).patch(`${path}/${sent.id}`).send({ content });

    clock.advance(DAY_MS);
    await edit('Two').expect(200);
    clock.advance(1);
    const refusal = await edit('Three').expect(409);

    expect(refusal.body).toMatchObject({ code: 'edit_too_late' });
    expect(contents(await chat.history(alice, chatId))).toEqual(['Two']);
  });

  it('says something, in the right way', async () => {
    const { alice, chatId, path } = await aGroup();
    const plain = await chat.say(alice, chatId, 'One');
    const { body: picture } = await chat
      .as(alice)
      .post(path)
      .send({ content: 'Look', media: [{ photo_id: anId(), type: 'image' }] });
    const edit = (id: string, body: object) => chat.as(alice).patch(`${path}/${id}`).send(body);

    await edit(plain.id, {}).expect(400);
    await edit(plain.id, { content: null }).expect(400);
    await edit(plain.id, { content: ' ' }).expect(422);
    await edit(plain.id, { content: 'x'.repeat(4_001) }).expect(422);
    await edit(anId(), { content: 'x' }).expect(404);
    await edit('x', { content: 'x' }).expect(400);
    expect((await edit(picture.id, { content: '' }).expect(200)).body).toMatchObject({ content: '' });
    expect((await chat.history(alice, chatId, '?before=2'))[0]?.content).toBe('One');
  });

  it('is for its author, in its own chat', async () => {
    const { alice, bob, chatId, path } = await aGroup();
    const sent = await chat.say(bob, chatId, 'Mine');
    const elsewhere = await chat.say(alice, await chat.direct(alice, bob), 'Elsewhere');

    const refusal = await chat.as(alice).patch(`${path}/${sent.id}`).send({ content: 'x' }).expect(403);
    await chat.as(alice).patch(`${path}/${elsewhere.id}`).send({ content: 'x' }).expect(404);

    expect(refusal.body).toMatchObject({ code: 'not_your_message' });
    expect(contents(await chat.history(bob, chatId))).toEqual(['Mine']);
  });
});

describe('a deleted message', () => {
  it('stays as a tombstone, with nothing in it', async () => {
    const { alice, bob, carol, chatId, path } = await aGroup();
    const { body: sent } = await chat
      .as(alice)
      .post(path)
      .send({ content: 'Secret', media: [{ photo_id: anId(), type: 'image' }], client_id: 'c' });
    await chat.say(bob, chatId, 'An answer', { reply_to: sent.id });

    await chat.as(alice).delete(`${path}/${sent.id}`).expect(204);
    await chat.as(alice).delete(`${path}/${sent.id}`).expect(204);

    const tombstone = { ...sent, content: '', media: [], deleted: true };
    expect((await chat.history(carol, chatId))[1]).toEqual(tombstone);
    expect(await told(chat, messageDeleted, chatId)).toEqual([
      { message: tombstone, revision: 1, recipient_ids: ids([alice, bob, carol]) },
    ]);
    const { body: found } = await chat.as(bob).get(`${path}/search?q=secret`).expect(200);
    expect(found).toEqual({ next_cursor: null, results: [] });
    const edit = await chat.as(alice).patch(`${path}/${sent.id}`).send({ content: 'x' }).expect(409);
    expect(edit.body).toMatchObject({ code: 'message_deleted' });
    const again = await chat.as(alice).post(path).send({ content: 'Secret', client_id: 'c' }).expect(200);
    expect(again.body).toEqual(tombstone);
    expect(JSON.stringify(await chat.ctx.db.collection('messages').find().toArray())).not.toMatch(/secret/i);
  });

  it('was its author’s', async () => {
    const { alice, bob, chatId, path } = await aGroup();
    const sent = await chat.say(bob, chatId, 'Mine');

    await chat.as(alice).delete(`${path}/${sent.id}`).expect(403);
    await chat.as(alice).delete(`${path}/${anId()}`).expect(404);

    expect(contents(await chat.history(alice, chatId))).toEqual(['Mine']);
  });
});

describe('the history', () => {
  it('is read by seq, newest first, to its end', async () => {
    const { alice, bob, chatId, path } = await aGroup();
    for (let n = 1; n <= 7; n++) await chat.say(n % 2 ? alice : bob, chatId, String(n));
    const read = async (query: string) => {
      const { body } = await chat.as(bob).get(`${path}${query}`).expect(200);
      return [contents(body.results).join(''), body.next_cursor];
    };

    expect(await read('')).toEqual(['7654321', null]);
    expect(await read('?limit=3')).toEqual(['765', '5']);
    expect(await read('?limit=3&before=5')).toEqual(['432', '2']);
    expect(await read('?limit=3&cursor=2')).toEqual(['1', null]);
    expect(await read('?limit=3&cursor=')).toEqual(['765', '5']);
    expect(await read('?after=5')).toEqual(['76', null]);
    expect(await read('?after=2&limit=2')).toEqual(['76', '6']);
    expect(await read('?after=2&limit=2&before=6')).toEqual(['54', '4']);
    expect(await read('?after=2&limit=2&cursor=4')).toEqual(['3', null]);
    expect(await read('?after=7')).toEqual(['', null]);
    expect(await read('?before=1')).toEqual(['', null]);
    expect(await read('?limit=1000')).toEqual(['7654321', null]);
  });

  it.each(['?before=x', '?before=-1', '?after=1.5', '?limit=0', '?limit=x', '?cursor=x', '?cursor=-1'])(
    'is not read by %s',
    async (query) => {
      const { alice, path } = await aGroup();

      await chat.as(alice).get(`${path}${query}`).expect(400);
    },
  );
});

describe('a search', () => {
  it('finds messages of the chat that have all the words, case and accents folded, newest first', async () => {
    const { alice, bob, chatId, path } = await aGroup();
    const other = await chat.direct(alice, bob);
    await chat.say(alice, other, 'The café elsewhere');
    for (const content of ['The Café opens', 'A cafe that closes', 'Nothing', 'CAFÉ, the third'])
      await chat.say(alice, chatId, content);
    const search = async (query: string) => {
      const { body } = await chat.as(bob).get(`${path}/search?${query}`).expect(200);
      return [contents(body.results), body.next_cursor];
    };

    expect(await search('q=cafe')).toEqual([['CAFÉ, the third', 'A cafe that closes', 'The Café opens'], null]);
    expect(await search('q=the+CAFÉ')).toEqual([['CAFÉ, the third', 'The Café opens'], null]);
    expect(await search('q=cafe&limit=2')).toEqual([['CAFÉ, the third', 'A cafe that closes'], '2']);
    expect(await search('q=cafe&limit=2&cursor=2')).toEqual([['The Café opens'], null]);
    expect(await search('q=')).toEqual([[], null]);
    expect(await search('q=%21')).toEqual([[], null]);
    expect(await search('q=caf')).toEqual([[], null]);
    await chat.as(bob).get(`${path}/search`).expect(400);
    await chat
      .as(bob)
      .get(`${path}/search?q=${'x'.repeat(201)}`)
      .expect(400);
  });

  it('finds what an edit says, and no more what was said before', async () => {
    const { alice, chatId, path } = await aGroup();
    const sent = await chat.say(alice, chatId, 'Before');
    await chat.as(alice).patch(`${path}/${sent.id}`).send({ content: 'After' }).expect(200);

    const [before, after] = [
      await chat.as(alice).get(`${path}/search?q=before`).expect(200),
      await chat.as(alice).get(`${path}/search?q=after`).expect(200),
    ];

    expect([contents(before.body.results), contents(after.body.results)]).toEqual([[], ['After']]);
  });
});
