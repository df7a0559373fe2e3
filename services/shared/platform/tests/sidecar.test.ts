import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpError, type BaseContext } from '../src/index.ts';
import { anAdmin, aUser, buildService, fakeCall, until, type ServiceUnderTest } from '../src/testing/index.ts';
import { askOther, countNotes, noteHeard, noteMade, toyService } from './toy/toy-service.ts';

let toy: ServiceUnderTest<BaseContext>;
const echo = fakeCall(askOther, ({ text }, userId) => {
  if (text === 'refuse') throw new HttpError(409, 'Not now.', { code: 'not_now' });
  return { text: `${text} by ${userId ?? 'nobody'}` };
});
beforeAll(async () => {
  toy = await buildService(toyService, { fakes: [echo] });
});
afterAll(() => toy.stop());

const heard = async (text: string) =>
  (await toy.ctx.db.collection('notes').findOne({ text }))?.['heard'] as number | undefined;

describe('calls', () => {
  it('act for the user whose token they carry', async () => {
    const user = aUser();

    const { body } = await toy.as(user).post('/relay').send({ text: 'hello' }).expect(200);

    expect(body).toEqual({ text: `hello by ${user.id}` });
  });

  it("pass the other service's refusal on", async () => {
    const reply = await toy.as(aUser()).post('/relay').send({ text: 'refuse' }).expect(409);

    expect(JSON.parse(reply.text)).toMatchObject({ status: 409, code: 'not_now', detail: 'Not now.' });
  });

  it('are answered to those who may ask, and to nobody else', async () => {
    await toy.call(countNotes, { prefix: '' }).expect(200);
    await toy.call(countNotes, { prefix: '' }, { caller: 'comment' }).expect(403);
    await toy.call(countNotes, { prefix: '' }, { caller: 'gateway' }).expect(403);
    await toy.call(countNotes, { prefix: '' }, { caller: 'post, gateway' }).expect(403);
    await toy.as(anAdmin()).post('/internal/CountNotes').send({ prefix: '' }).expect(403);
  });

  it('answer 503 when the other service is away', async () => {
    const alone = await buildService(toyService);

    const reply = await alone.as(aUser()).post('/relay').send({ text: 'hello' }).expect(503);

    expect(reply.headers['retry-after']).toBe('1');
    await alone.stop();
  });
});

describe('state', () => {
  it('keeps a value until it is deleted', async () => {
    const { body } = await toy.as().put('/state/a%20b').send({ value: 'x' }).expect(200);

    expect(body).toEqual({ before: null, after: 'x', gone: null });
  });
});

describe('events', () => {
  it('are published once their transaction is committed, with who caused them', async () => {
    const user = aUser();
    const { body } = await toy.as(user).post('/notes').send({ text: 'event' }).expect(201);

    const published = (await toy.published(noteMade)).filter(({ data }) => data['text'] === 'event');

    expect(published).toEqual([
      expect.objectContaining({
        type: 'NoteMade',
        source: 'toy',
        subject: body.id,
        data: {
          v: 1,
          note_id: body.id,
          text: 'event',
          meta: { actor_id: user.id, ip: '203.0.113.7', user_agent: 'jest' },
        },
      }),
    ]);
  });

  it('have one effect, however often they are delivered', async () => {
    await toy.deliver(noteHeard, { text: 'thrice' }, { times: 3 });

    expect(await heard('thrice')).toBe(1);
  });

  it('go to the dead letters when they fail for good, and can be replayed from there', async () => {
    const id = 'unlucky-event';
    await toy.deliver(noteHeard, { text: 'unlucky' }, { id });
    await toy.deliver(noteHeard, { text: 'lucky' });
    const path = '/api/admin/services/toy/dead-letters';
    const admin = anAdmin();

    await until(async () => (await toy.as(admin).get(path)).body.length === 1, 'the dead letter');
    expect(await heard('lucky')).toBe(1);
    const { body } = await toy.as(admin).get(path).expect(200);
    expect(body).toEqual([
      expect.objectContaining({ id, type: 'NoteHeard', topic: 'toy-events', source: 'other-service' }),
    ]);
    await toy.as(aUser()).get(path).expect(403);
    await toy.as(admin).post(`${path}/nothing/replay`).expect(404);

    await toy.ctx.db
      .collection<{ _id: string }>('dead_letters')
      .updateOne({ _id: id }, { $set: { 'envelope.data.text': 'mended' } });
    await toy.as(admin).post(`${path}/${id}/replay`).expect(202);

    expect(await heard('mended')).toBe(1);
    expect((await toy.as(admin).get(path)).body).toEqual([]);
  });

  it('that cannot be understood go to the dead letters at once', async () => {
    await toy.deliver(noteHeard, { text: 5 as unknown as string }, { id: 'poison' });

    await until(
      async () =>
        (await toy.ctx.db.collection<{ _id: string }>('dead_letters').countDocuments({ _id: 'poison' })) === 1,
      'the dead letter',
    );
  });
});
