import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  chatCreated,
  memberAdded,
  memberRemoved,
  participantAdded,
  participantRemoved,
  projectDeleted,
  projectUpdated,
  userDeleted,
  type EventData,
} from '@commons/contracts';
import { anId, until, type TestUser } from '@commons/platform/testing';
import { buildChat, ids, told, type ChatUnderTest } from './chat-service.ts';

let chat: ChatUnderTest;
beforeAll(async () => {
  chat = await buildChat();
});
afterAll(() => chat.stop());

/** A project, and what is told of its members. */
function aProject(owner: TestUser, title = 'Bridge') {
  const project_id = anId();
  const member = ({ id, username }: TestUser, members_revision: number): EventData<typeof memberRemoved> => ({
    project_id,
    project_title: title,
    owner_id: owner.id,
    user_id: id,
    username,
    members_count: members_revision,
    members_revision,
  });
  return {
    id: project_id,
    add: (user: TestUser, revision: number) =>
      chat.deliver(
        memberAdded,
        { ...member(user, revision), role: user.id === owner.id ? 'owner' : 'member' },
        { times: 2 },
      ),
    remove: (user: TestUser, revision: number) => chat.deliver(memberRemoved, member(user, revision), { times: 2 }),
    retitle: (to: string, revision: number) =>
      chat.deliver(
        projectUpdated,
        {
          project_id,
          owner_id: owner.id,
          owner_username: owner.username,
          title: to,
          status: 'open',
          skills: [],
          created_at: '2026-01-31T09:30:00.000Z',
          revision,
        },
        { times: 2 },
      ),
    end: () => chat.deliver(projectDeleted, { project_id, owner_id: owner.id }, { times: 2 }),
  };
}

const shown = async (user: TestUser) =>
  (await chat.list(user)).map(({ type, title, participants }) => ({
    type,
    title,
    participants: participants.map(({ username, role }) => [username, role]),
  }));

describe('the chat of a project', () => {
  it('begins with the first member beside the owner, who is its admin', async () => {
    const [owner, ben, cleo] = [chat.person(), chat.person(), chat.person()];
    const project = aProject(owner);

    await project.add(owner, 1);
    expect(await chat.list(owner)).toEqual([]);
    await project.add(ben, 2);
    await project.add(cleo, 3);

    const expected = {
      type: 'project',
      title: 'Bridge',
      participants: [
        [owner.username, 'admin'],
        [ben.username, 'member'],
        [cleo.username, 'member'],
      ],
    };
    expect([await shown(owner), await shown(ben), await shown(cleo)]).toEqual([[expected], [expected], [expected]]);
    const [{ id: chatId } = { id: '' }] = await chat.list(owner);
    expect(await told(chat, chatCreated, chatId)).toEqual([
      {
        chat_id: chatId,
        type: 'project',
        title: 'Bridge',
        project_id: project.id,
        created_by: owner.id,
        recipient_ids: ids([owner, ben]),
      },
    ]);
    expect(await told(chat, participantAdded, chatId)).toEqual([
      { chat_id: chatId, user_id: cleo.id, role: 'member', revision: 2, recipient_ids: ids([owner, ben, cleo]) },
    ]);
    expect(await chat.say(ben, chatId, 'Hello')).toMatchObject({ seq: 1 });
  });

  it('is the same in whatever order its events come', async () => {
    const [owner, ben, cleo] = [chat.person(), chat.person(), chat.person()];
    const project = aProject(owner, 'Old');

    await project.retitle('New', 3);
    await project.retitle('Older', 2);
    await project.remove(ben, 4);
    await project.add(ben, 2);
    await project.add(cleo, 3);
    await project.add(owner, 1);

    const members = [
      [owner.username, 'admin'],
      [cleo.username, 'member'],
    ];
    expect(await shown(owner)).toEqual([{ type: 'project', title: 'New', participants: members }]);
    expect(await chat.list(ben)).toEqual([]);
    await project.retitle('Newest', 4);
    expect((await shown(cleo))[0]?.title).toBe('Newest');
    await project.add(ben, 5);
    expect((await shown(ben))[0]?.participants).toEqual([...members, [ben.username, 'member']]);
  });

  it('ends with the project, for good', async () => {
    const [owner, ben, cleo] = [chat.person(), chat.person(), chat.person()];
    const project = aProject(owner);
    await project.add(ben, 2);
    const [{ id: chatId } = { id: '' }] = await chat.list(ben);
    await chat.say(ben, chatId, 'Hello');

    await project.end();
    await project.add(cleo, 3);
    await project.remove(ben, 4);
    await project.retitle('Ghost', 9);

    await until(chat.isIdle);
    expect([await chat.list(owner), await chat.list(ben), await chat.list(cleo)]).toEqual([[], [], []]);
    await chat.as(ben).get(`/api/chats/${chatId}`).expect(404);
    expect(await told(chat, participantRemoved, chatId)).toEqual(
      [owner, ben].map(({ id }) => ({ chat_id: chatId, user_id: id, revision: 2, recipient_ids: [] })),
    );
    expect(JSON.stringify(await chat.ctx.db.collection('messages').find().toArray())).not.toContain(chatId);
  });

  it('changes with the project alone', async () => {
    const [owner, ben, cleo] = [chat.person(), chat.person(), chat.person()];
    const project = aProject(owner);
    await project.add(ben, 2);
    const [{ id: chatId } = { id: '' }] = await chat.list(ben);
    const path = `/api/chats/${chatId}`;

    const refusals = [
      await chat.as(owner).patch(path).send({ title: 'x' }),
      await chat
        .as(owner)
        .post(`${path}/participants`)
        .send({ user_ids: [cleo.id] }),
      await chat.as(owner).delete(`${path}/participants/${ben.id}`),
      await chat.as(ben).delete(path),
    ];

    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(refusals.map(() => [403, 'not_a_group']));
    expect(await shown(ben)).toHaveLength(1);
  });

  it('takes nobody in whose account has gone', async () => {
    const [owner, ben, gone] = [chat.person(), chat.person(), chat.person()];
    const project = aProject(owner);
    await chat.deliver(userDeleted, { user_id: gone.id });
    await until(chat.isIdle);

    await project.add(owner, 1);
    await project.add(gone, 2);
    await project.add(ben, 3);
    await project.remove(gone, 4);

    expect((await shown(owner))[0]?.participants).toEqual([
      [owner.username, 'admin'],
      [ben.username, 'member'],
    ]);
    expect(JSON.stringify(await chat.ctx.db.collection('project_members').find().toArray())).not.toContain(gone.id);
  });
});
