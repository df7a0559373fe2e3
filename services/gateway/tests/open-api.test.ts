import type { RequestListener } from 'node:http';
import { Validator } from '@seriousme/openapi-schema-validator';
import { until } from '@commons/platform/testing';
import { describe, expect, it } from '@jest/globals';
import { APPS } from '../src/domain/route-table.ts';
import { ask, buildGateway, gatewayOf } from './gateway-under-test.ts';

const operation = (app: string, id: string) => ({
  tags: [app],
  summary: id,
  operationId: id,
  parameters: [],
  responses: { 200: { description: 'Done' }, 401: { $ref: '#/components/responses/Problem' } },
});

/** A service that says what its routes are, and asks to be counted. */
const describing =
  (paths: object, asked: { times: number } = { times: 0 }): RequestListener =>
  (request, response) => {
    if (request.url !== '/internal/openapi') return void response.writeHead(404).end();
    asked.times++;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ openapi: '3.1.0', info: { title: 'x', version: '1.0.0' }, paths }));
  };

const auth = describing({
  '/api/auth/login': { post: operation('auth', 'auth-login') },
  '/api/auth/me': { get: operation('auth', 'auth-me'), delete: operation('auth', 'auth-delete') },
  '/api/admin/services/auth/dead-letters': { get: operation('auth', 'auth-letters') },
});
const asked = { times: 0 };
const post = describing(
  {
    '/api/posts/{id}': {
      get: {
        ...operation('post', 'post-get'),
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      },
    },
    '/api/auth/stolen': { get: operation('post', 'post-stolen') },
    '/internal/secret': { get: operation('post', 'post-secret') },
  },
  asked,
);
const apps = { ...Object.fromEntries(APPS.map((app) => [app, describing({})])), auth, post };

describe('the description of the API', () => {
  const gateway = gatewayOf({ apps });

  it('is OpenAPI 3.1 of all services, as the standard has it', async () => {
    const { status, headers, json } = await gateway.ask('/openapi.json', { headers: { host: 'api.example.com' } });
    const document = json();
    const { valid, errors } = await new Validator().validate(document);

    expect([status, headers['content-type'], errors, valid]).toEqual([
      200,
      'application/json; charset=utf-8',
      undefined,
      true,
    ]);
    expect([document.openapi, document.servers]).toEqual(['3.1.0', [{ url: 'http://api.example.com' }]]);
    expect(Object.keys(document.components)).toEqual(['securitySchemes', 'schemas', 'responses']);
  });

  it("has each service's routes as far as the gateway passes them on, and its own", async () => {
    const { json } = await gateway.ask('/openapi.json/');

    expect(Object.keys(json().paths)).toEqual([
      '/api/auth/login',
      '/api/auth/me',
      '/api/admin/services/auth/dead-letters',
      '/api/posts/{id}',
      '/healthz',
      '/readyz',
      '/metrics',
      '/openapi.json',
      '/asyncapi.json',
      '/docs',
      '/ws',
    ]);
  });

  it('says at each route which other names it has', async () => {
    const { paths } = (await gateway.ask('/openapi.json')).json();

    expect(paths['/api/auth/login'].post).toMatchObject({
      'x-other-names': ['POST /api/users/login', 'POST /login', 'POST /auth'],
      description: 'Other names: `POST /api/users/login`, `POST /login`, `POST /auth`',
    });
    expect([paths['/api/auth/me'].get['x-other-names'], paths['/api/auth/me'].delete['x-other-names']]).toEqual([
      ['GET /me'],
      ['DELETE /delete'],
    ]);
    expect(paths['/api/posts/{id}'].get['x-other-names']).toBeUndefined();
  });

  it('is not asked of the services each time', async () => {
    await gateway.ask('/openapi.json');
    const before = asked.times;
    await Promise.all(Array.from({ length: 20 }, () => gateway.ask('/openapi.json')));

    expect(asked.times).toBe(before);
  });

  it.each(['POST', 'DELETE'])('cannot be changed by %s', async (method) => {
    const { status, headers } = await gateway.ask('/openapi.json', { method });

    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

it('goes on to show what a service that is away said last, and shows the others without one that was never there', async () => {
  const built = await buildGateway({ apps });
  const paths = async (): Promise<string[]> => Object.keys((await ask(built.port, '/openapi.json')).json().paths);
  const backAgain = await built.harness.faults.stop('post');
  expect(await paths()).toContain('/api/auth/login');
  expect(await paths()).not.toContain('/api/posts/{id}');

  await backAgain();
  await until(async () => (await paths()).includes('/api/posts/{id}'), 'the routes of post');
  await built.harness.faults.stop('post');
  expect(await paths()).toContain('/api/posts/{id}');
  await built.stop();
});
