import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userDataErased, userDeleted } from '@commons/contracts';
import { aUser, anId, buildService, type ServiceUnderTest } from '@commons/platform/testing';
import type { ChatContext } from '../src/context.ts';
import { service } from '../src/service.ts';

let running: ServiceUnderTest<ChatContext>;
beforeAll(async () => {
  running = await buildService(service);
});
afterAll(() => running.stop());

describe('chats', () => {
  it('are made by a user, and read by the one who made them', async () => {
    const ada = aUser();
    const made = await running.as(ada).post('/api/chats').send({ title: ' Garden ' }).expect(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      title: 'Garden',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(made.headers['location']).toBe(`/api/chats/${made.body.id}`);
    const read = await running.as(ada).get(`/api/chats/${made.body.id}`).expect(200);
    expect(read.body).toEqual(made.body);
  });

  it('need a user, a title, and a right to be read', async () => {
    await running.as().post('/api/chats').send({ title: 'Garden' }).expect(401);
    await running.as(aUser()).post('/api/chats').send({}).expect(400);
    await running.as(aUser()).post('/api/chats').send({ title: '' }).expect(422);
    const made = await running.as(aUser()).post('/api/chats').send({ title: 'Garden' }).expect(201);
    const refusal = await running.as(aUser()).get(`/api/chats/${made.body.id}`).expect(404);
    expect(refusal.body).toMatchObject({ status: 404, code: 'chat_not_found' });
    await running.as(aUser()).get(`/api/chats/${anId()}`).expect(404);
  });

  it('go with the user who made them, however often that is told', async () => {
    const [ada, ben] = [aUser(), aUser()];
    const gone = await running.as(ada).post('/api/chats').send({ title: 'Mine' }).expect(201);
    const kept = await running.as(ben).post('/api/chats').send({ title: 'His' }).expect(201);
    await running.deliver(userDeleted, { user_id: ada.id }, { times: 2 });
    await running.as(ada).get(`/api/chats/${gone.body.id}`).expect(404);
    await running.as(ben).get(`/api/chats/${kept.body.id}`).expect(200);
    const erased = await running.published(userDataErased);
    expect(erased.map(({ data }) => data)).toEqual([expect.objectContaining({ user_id: ada.id, service: 'chat' })]);
  });
});
