import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memberAdded, projectCreated } from '@commons/contracts';
import { anId, aUser, buildService, fakeClock } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aProject, causedBy, type ProjectService } from './a-project.ts';

const clock = fakeClock('2026-03-01T12:00:00.000Z');
let project: ProjectService;
beforeAll(async () => {
  project = await buildService(service, { clock });
});
afterAll(() => project.stop());

/** The fields that are refused. */
const fieldsOf = ({ errors }: { errors: { path: string }[] }) => [
  ...new Set(errors.map(({ path }) => path.split('.')[0])),
];

describe('starting a project', () => {
  it('answers with all of it, and tells of it and of its first member', async () => {
    const alice = aUser();

    const { body, headers } = await project
      .as(alice)
      .post('/api/projects')
      .send({
        title: ' Garden ',
        description: 'Digging\n',
        skills: [' Spade work', 'Roses', 'roses', ''],
        budget: { amount: 250.5, currency: 'eur' },
        deadline: '2026-04-01T10:00:00+02:00',
        remote: true,
      })
      .expect(201);

    const now = clock.now().toISOString();
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      title: 'Garden',
      description: 'Digging\n',
      skills: ['Spade work', 'Roses'],
      budget: { amount: 250.5, currency: 'EUR' },
      deadline: '2026-04-01T08:00:00.000Z',
      remote: true,
      status: 'open',
      owner: { id: alice.id, username: alice.username },
      applications_count: 0,
      members_count: 1,
      created_at: now,
      updated_at: now,
    });
    expect(headers).toMatchObject({ location: `/api/projects/${body.id}`, etag: expect.stringMatching(/^"1-/) });
    expect((await project.as().get(headers['location']!).expect(200)).body).toEqual(body);
    const about = (events: { subject?: string; data: object }[]) =>
      events.filter(({ subject }) => subject === body.id).map(({ data }) => data);
    expect(about(await project.published(projectCreated))).toEqual([
      {
        ...causedBy(alice),
        project_id: body.id,
        owner_id: alice.id,
        owner_username: alice.username,
        title: 'Garden',
        status: 'open',
        skills: ['Spade work', 'Roses'],
        created_at: now,
        revision: 1,
      },
    ]);
    expect(about(await project.published(memberAdded))).toEqual([
      {
        ...causedBy(alice),
        project_id: body.id,
        project_title: 'Garden',
        owner_id: alice.id,
        user_id: alice.id,
        username: alice.username,
        members_count: 1,
        members_revision: 1,
        role: 'owner',
      },
    ]);
  });

  it('needs a title, a description and skills, and nothing else', async () => {
    const { body } = await project
      .as(aUser())
      .post('/api/projects/')
      .send({ title: 'A', description: 'B', skills: [], budget: null, deadline: null })
      .expect(201);

    expect(body).toMatchObject({ skills: [], budget: null, deadline: null, remote: false, status: 'open' });
  });

  it('may leave it a draft', async () => {
    const { body } = await project
      .as(aUser())
      .post('/api/projects')
      .send(aProject({ status: 'draft' }))
      .expect(201);

    expect(body.status).toBe('draft');
  });

  it('takes what is as long as it may be, counted in characters', async () => {
    const longest = {
      title: '👍'.repeat(255),
      description: 'ж'.repeat(10_000),
      skills: Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(50, 'x')),
      budget: { amount: 1_000_000_000_000, currency: 'JPY' },
    };

    const { body } = await project.as(aUser()).post('/api/projects').send(longest).expect(201);

    expect(body).toMatchObject(longest);
  });

  it('bears half a character', async () => {
    const half = '{"title":"\\ud800 a","description":"\\udc00 x","skills":["\\ud83d b"]}';

    const { body } = await project.as(aUser()).post('/api/projects').type('json').send(half).expect(201);

    expect(body).toMatchObject({ title: '\ufffd a', description: '\ufffd x', skills: ['\ufffd b'] });
    expect((await project.as().get(`/api/projects/${body.id}`).expect(200)).body).toEqual(body);
  });

  it.each([
    ['no title', { title: undefined }],
    ['null for a title', { title: null }],
    ['a title that is a number', { title: 5 }],
    ['no description', { description: undefined }],
    ['a description that is an object', { description: { $gt: '' } }],
    ['no skills', { skills: undefined }],
    ['null for skills', { skills: null }],
    ['skills that are a text', { skills: 'a,b' }],
    ['skills that are numbers', { skills: [1] }],
    ['a budget that is a number', { budget: 5 }],
    ['a budget without a currency', { budget: { amount: 5 } }],
    ['an amount that is a text', { budget: { amount: '5', currency: 'EUR' } }],
    ['a deadline that is a number', { deadline: 5 }],
    ['remote that is a text', { remote: 'yes' }],
    ['null for remote', { remote: null }],
    ['a status that is a number', { status: 1 }],
  ])('refuses %s as a bad request', async (_, change) => {
    const { body } = await project.as(aUser()).post('/api/projects').send(aProject(change)).expect(400);

    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(fieldsOf(body)).toEqual(Object.keys(change));
  });

  it.each([
    ['an empty title', { title: '' }],
    ['a title of white space', { title: ' \t\u00a0' }],
    ['a title that is too long', { title: 'x'.repeat(256) }],
    ['an empty description', { description: '' }],
    ['a blank description', { description: ' \n ' }],
    ['a description that is too long', { description: 'x'.repeat(10_001) }],
    ['21 skills', { skills: Array.from({ length: 21 }, (_, index) => `s${index}`) }],
    ['a skill that is too long', { skills: ['x'.repeat(51)] }],
    ['a skill with a comma', { skills: ['a,b'] }],
    ['a skill with a control character', { skills: ['a\u0000b'] }],
    ['an amount below nothing', { budget: { amount: -1, currency: 'EUR' } }],
    ['an amount beyond all money', { budget: { amount: 1e13, currency: 'EUR' } }],
    ['a currency that there is not', { budget: { amount: 1, currency: 'ABC' } }],
    ['a currency of two letters', { budget: { amount: 1, currency: 'EU' } }],
    ['a deadline that is no time', { deadline: 'tomorrow' }],
    ['a deadline on a day that there is not', { deadline: '2027-02-30T00:00:00.000Z' }],
    ['a deadline that has passed', { deadline: '2026-03-01T11:59:59.999Z' }],
    ['a deadline that is now', { deadline: '2026-03-01T12:00:00.000Z' }],
    ['a status that is not for the beginning', { status: 'completed' }],
    ['a status that there is not', { status: 'lost' }],
  ])('refuses %s as against a rule', async (_, change) => {
    const { body } = await project.as(aUser()).post('/api/projects').send(aProject(change)).expect(422);

    expect(body).toMatchObject({ status: 422, code: 'rule_broken' });
    expect(fieldsOf(body)).toEqual(Object.keys(change));
  });

  it.each([
    ['no JSON', 'application/json', '{"title":', 400],
    ['an array', 'application/json', '[]', 400],
    ['nothing', 'application/json', '', 400],
    ['another type', 'text/plain', 'title=a', 415],
  ])('refuses a body of %s', async (_, type, text, status) => {
    await project.as(aUser()).post('/api/projects').set('content-type', type).send(text).expect(status);
  });

  it('refuses more than 100 kB', async () => {
    const body = aProject({ description: 'x'.repeat(103_000) });

    await project.as(aUser()).post('/api/projects').send(body).expect(413);
  });

  it('is for users', async () => {
    await project.as().post('/api/projects').send(aProject()).expect(401);
    await project.as().post('/api/projects').set('authorization', 'Bearer x').send(aProject()).expect(401);
  });

  it('has one effect for an Idempotency-Key, and refuses it with another body', async () => {
    const alice = aUser();
    const key = anId();
    const body = aProject();
    const send = (sent: object) => project.as(alice).post('/api/projects').set('idempotency-key', key).send(sent);

    const first = await send(body).expect(201);
    const second = await send(body).expect(201);
    await send(aProject()).expect(422);

    expect(second.body).toEqual(first.body);
    expect((await project.as().get(`/api/projects?owner_id=${alice.id}`).expect(200)).body.count).toBe(1);
  });

  it('bears one owner who starts 15 projects at once', async () => {
    const alice = aUser();

    const answers = await Promise.all(
      Array.from({ length: 15 }, () => project.as(alice).post('/api/projects').send(aProject())),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect((await project.as().get(`/api/projects?owner_id=${alice.id}`).expect(200)).body.count).toBe(15);
  });

  it('knows no other method', async () => {
    const { headers } = await project.as(aUser()).patch('/api/projects').send({}).expect(405);

    expect(headers['allow']).toBe('GET, POST, HEAD, OPTIONS');
  });
});
