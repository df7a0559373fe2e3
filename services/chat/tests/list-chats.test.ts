import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userBlocked, userUnblocked } from '@commons/contracts';
import { fakeClock, PUBLIC_URL } from '@commons/platform/testing';
import { buildChat, type ChatUnderTest, type ShownChat } from './chat-service.ts';
import { aBlock } from './relations.ts';

let chat: ChatUnderTest;
const clock = fakeClock('2026-02-01T10:00:00.000Z');
beforeAll(async () => {
  chat = await buildChat({ clock });
});
afterAll(() => chat.stop());

const titles = (chats: readonly ShownChat[]) => chats.map(({ title }) => title);

/** Chats of somebody, each a second later than the one before. */
async function someChats(count: number) {
  const [alice, bob] = [chat.person(), chat.person()];
  const chatIds: string[] = [];
  for (let n = 1; n <= count; n++) {
    clock.advance(1_000);
    chatIds.push(await chat.group(alice, [bob], `${n}`));
  }
  return { alice, bob, chatIds };
}

describe('the list of chats', () => {
  it('has the latest first: what was said, and what changed', async () => {
    const { alice, bob, chatIds } = await someChats(4);
    clock.advance(1_000);
    const said = await chat.say(bob, chatIds[0]!, 'Hello');
    clock.advance(1_000);
    await chat.as(alice).patch(`/api/chats/${chatIds[1]}`).send({ title: '2b' }).expect(200);

    const list = await chat.list(alice);

    expect(titles(list)).toEqual(['2b', '1', '4', '3']);
    expect(list[1]).toEqual(await chat.show(alice, chatIds[0]!));
    expect(list[1]).toEqual({
      id: chatIds[0],
      type: 'group',
      title: '1',
      participants: [
        expect.objectContaining({ user_id: alice.id, username: alice.username, role: 'admin' }),
        expect.objectContaining({ user_id: bob.id, username: bob.username, role: 'member' }),
      ],
      last_message: said,
      unread_count: 1,
      created_at: expect.any(String),
      updated_at: said.created_at,
    });
    expect(list[0]).toMatchObject({ last_message: null, unread_count: 0 });
  });

  it('is read by page', async () => {
    const { alice } = await someChats(5);

    const { body } = await chat.as(alice).get('/api/chats?page=2&limit=2').expect(200);

    expect(titles(body.results)).toEqual(['3', '2']);
    expect({ ...body, results: [] }).toEqual({
      count: 5,
      next: `${PUBLIC_URL}/api/chats?page=3&limit=2`,
      previous: `${PUBLIC_URL}/api/chats?page=1&limit=2`,
      results: [],
    });
    const past = await chat.as(alice).get('/api/chats?page=9&limit=2').expect(200);
    expect(past.body).toMatchObject({ count: 5, next: null, results: [] });
  });

  it('is read by cursor, past chats of the same moment too', async () => {
    const { alice, bob } = await someChats(3);
    for (const title of ['a', 'b', 'c']) await chat.group(alice, [bob], title);
    const read = async (cursor: string) =>
      (await chat.as(alice).get(`/api/chats?limit=2&cursor=${cursor}`).expect(200)).body;

    const first = await read('');
    const second = await read(first.next_cursor);
    const third = await read(second.next_cursor);

    expect(titles([...first.results, ...second.results, ...third.results])).toEqual(['c', 'b', 'a', '3', '2', '1']);
    expect(third.next_cursor).toBeNull();
  });

  it.each(['?page=0', '?page=x', '?limit=0', '?limit=x', '?cursor=x'])('is not read by %s', async (query) => {
    await chat.as(chat.person()).get(`/api/chats${query}`).expect(400);
  });

  it('leaves out the direct chat with somebody blocked, for both, until that ends; a group stays', async () => {
    const [alice, bob, carol] = [chat.person(), chat.person(), chat.person()];
    await chat.direct(alice, bob);
    await chat.direct(alice, carol);
    await chat.group(carol, [alice, bob]);
    const counts = async () =>
      Promise.all(
        [alice, bob, carol].map(async (user) => {
          const { body } = await chat.as(user).get('/api/chats').expect(200);
          return [body.results.length, body.count];
        }),
      );

    await chat.deliver(userBlocked, aBlock(bob, alice, 1));
    const blocked = await counts();
    await chat.deliver(userUnblocked, aBlock(bob, alice, 2), { times: 2 });
    await chat.deliver(userBlocked, aBlock(bob, alice, 1));

    expect(blocked).toEqual([
      [2, 2],
      [1, 1],
      [2, 2],
    ]);
    expect(await counts()).toEqual([
      [3, 3],
      [2, 2],
      [2, 2],
    ]);
  });
});
