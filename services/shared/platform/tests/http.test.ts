import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BaseContext } from '../src/index.ts';
import { anAdmin, anId, aUser, buildService, type ServiceUnderTest } from '../src/testing/index.ts';
import { toyService } from './toy/toy-service.ts';

let toy: ServiceUnderTest<BaseContext>;
beforeAll(async () => {
  toy = await buildService(toyService);
});
afterAll(() => toy.stop());

describe('a route', () => {
  it('answers what it declares, with a request id', async () => {
    const reply = await toy.as(aUser()).post('/notes').set('x-request-id', 'mine').send({ text: 'hi' }).expect(201);

    expect(reply.body).toEqual({ id: expect.any(String), text: 'hi' });
    expect(reply.headers).toMatchObject({ location: `/notes/${reply.body.id}`, 'x-request-id': 'mine' });
  });

  it('makes a request id where there is none, or none that can be used', async () => {
    const reply = await toy.as().get('/notes/latest').set('x-request-id', 'a b').expect(204);

    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers a problem with a stable code and the trace', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const reply = await toy
      .as()
      .get(`/notes/${anId()}`)
      .set('traceparent', `00-${traceId}-b7ad6b7169203331-01`)
      .expect(404);

    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(reply.text)).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such note.',
      code: 'note_not_found',
      trace_id: traceId,
    });
  });

  it('hides what went wrong inside', async () => {
    const reply = await toy.as().get('/fail').expect(500);

    expect(JSON.parse(reply.text)).toMatchObject({ status: 500, code: 'internal_error' });
    expect(reply.text).not.toContain('hunter2');
  });

  it('is the same with a trailing slash', async () => {
    await toy.as().get('/notes/latest/').expect(204);
  });

  it('answers 304 where the client has it', async () => {
    const made = await toy.as(aUser()).post('/notes').send({ text: 'same' });
    const first = await toy.as().get(`/notes/${made.body.id}`).expect(200);

    await toy
      .as()
      .get(`/notes/${made.body.id}`)
      .set('if-none-match', first.headers['etag'] ?? '')
      .expect(304);
  });
});

describe('the order of errors', () => {
  it('begins with the route: 404, then 405 with Allow, the most specific path first', async () => {
    await toy.as().get('/nothing').expect(404);
    const reply = await toy.as().delete('/notes/latest').expect(405);

    expect(reply.headers['allow']).toBe('GET, HEAD, OPTIONS');
    expect(JSON.parse(reply.text)).toMatchObject({ code: 'method_not_allowed' });
  });

  it('knows no method for what can be no thing', async () => {
    const reply = await toy.as().put('/notes/words').expect(404);

    expect(JSON.parse(reply.text)).toMatchObject({ code: 'route_not_found' });
    await toy.as().put(`/notes/${anId()}`).expect(405);
  });

  it('then 401, before the body is looked at', async () => {
    const reply = await toy.as().post('/notes').set('content-type', 'text/plain').send('x'.repeat(200_000)).expect(401);

    expect(reply.headers['www-authenticate']).toBe('Bearer');
  });

  it('then 413, 415, 400, 422', async () => {
    const send = (body: string, type = 'application/json') =>
      toy.as(aUser()).post('/notes').set('content-type', type).send(body);

    await send('x'.repeat(200_000), 'text/plain').expect(413);
    await send('hi', 'text/plain').expect(415);
    await send('{').expect(400);
    await send('{"text":"","parent":"bad"}').expect(400);
    await send('{"text":""}').expect(422);
  });

  it('takes no body at all for an empty object where it need not be there, and nothing else', async () => {
    const forget = (sent?: object) => toy.as().delete('/memories').send(sent);

    expect([(await forget().expect(200)).body, (await forget({ about: 'x' }).expect(200)).body]).toEqual([
      { about: null },
      { about: 'x' },
    ]);
    await forget([]).expect(400);
    await forget({ about: null }).expect(400);
    await toy.as(aUser()).post('/notes').expect(400);
  });

  it('and 403 for those who are no admins', async () => {
    await toy.as().delete('/notes').expect(401);
    const reply = await toy.as(aUser()).delete('/notes').expect(403);

    expect(JSON.parse(reply.text)).toMatchObject({ detail: 'This is for admins.' });
    expect(JSON.parse((await toy.as(anAdmin()).delete('/notes').expect(403)).text)).toMatchObject({
      detail: 'Not even admins.',
    });
  });
});

describe('tokens', () => {
  it.each([
    ['none that can be read', 'Bearer nonsense'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['nothing after the scheme', 'Bearer'],
  ])('are refused: %s', async (_name, authorization) => {
    await toy.as().post('/notes').set('authorization', authorization).send({ text: 'a' }).expect(401);
  });

  it('are refused when they have expired, also where none is needed', async () => {
    const expired = `Bearer ${toy.tokenFor(aUser(), { expiresInSeconds: -1 })}`;

    const reply = await toy.as().get(`/notes/${anId()}`).set('authorization', expired).expect(401);

    expect(JSON.parse(reply.text)).toMatchObject({ code: 'token_expired' });
  });

  it('are not looked at by a public route', async () => {
    await toy.as().get('/notes/latest').set('authorization', 'Bearer nonsense').expect(204);
  });

  it('stop working when their session has ended', async () => {
    const user = aUser();
    await toy.as(user).post('/notes').send({ text: 'a' }).expect(201);
    toy.revoke({ session_id: user.sessionId });

    const refused = await waitForStatus(401, () => toy.as(user).post('/notes').send({ text: 'a' }));

    expect(JSON.parse(refused.text)).toMatchObject({ code: 'token_revoked' });
  });
});

describe('an app with a token of its own', () => {
  it('takes requests from its sidecar only, but for probes', async () => {
    const guarded = await buildService(toyService, { environment: { APP_API_TOKEN: 'app-secret' } });
    const port = guarded.port;
    const statusOf = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;

    expect(await statusOf('/notes/latest')).toBe(401);
    expect(await statusOf('/notes/latest', { 'dapr-api-token': 'guess' })).toBe(401);
    expect(await statusOf('/notes/latest', { 'dapr-api-token': 'app-secret' })).toBe(204);
    expect(await statusOf('/dapr/subscribe')).toBe(401);
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(200);
    expect(await statusOf('/metrics')).toBe(200);
    expect(await statusOf('/metrics/more')).toBe(401);
    await guarded.stop();
  });
});

describe('what every service has', () => {
  it('tells whether it is ready, part by part', async () => {
    const reply = await toy.as().get('/readyz').expect(200);

    expect(reply.body).toEqual({
      status: 'ready',
      parts: { service: { ok: true }, database: { ok: true }, sidecar: { ok: true } },
    });
  });

  it('counts its requests by route', async () => {
    await toy.as().get(`/notes/${anId()}`).expect(404);

    const { text } = await toy.as().get('/metrics').expect(200);

    expect(text).toMatch(
      /http_request_duration_seconds_count\{service="toy",method="GET",route="\/notes\/:id",status="404"\} \d+/,
    );
    expect(text).toMatch(/outbox_depth\{service="toy"\} \d+/);
  });

  it('describes its public routes as OpenAPI', async () => {
    const { body } = await toy.as().get('/internal/openapi').expect(200);

    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/notes', '/notes/{id}']));
    expect(Object.keys(body.paths)).not.toContain('/internal/CountNotes');
    expect(body.paths['/notes'].post.requestBody.content['application/json'].schema).toMatchObject({
      properties: { text: { type: 'string', minLength: 1, maxLength: 10 } },
      required: ['text'],
    });
    expect([
      body.paths['/notes'].post.requestBody.required,
      body.paths['/memories'].delete.requestBody.required,
    ]).toEqual([true, false]);
  });
});

async function waitForStatus<Reply extends { status: number }>(
  status: number,
  ask: () => PromiseLike<Reply>,
): Promise<Reply> {
  for (let tries = 0; tries < 500; tries++) {
    const reply = await ask();
    if (reply.status === status) return reply;
  }
  throw new Error(`no ${status} came`);
}
