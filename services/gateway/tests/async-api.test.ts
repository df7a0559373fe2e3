import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from '@jest/globals';
import { echoes, gatewayOf } from './gateway-under-test.ts';

const gateway = gatewayOf({ apps: echoes, environment: { PUBLIC_URL: 'https://api.example.com' } });

it('describes events and frames as the standard has it', async () => {
  const { status, json } = await gateway.ask('/asyncapi.json/');
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  const validate = ajv.compile(specs.schemasWithoutId['3.0.0'] as object);
  const isValid = validate(json());

  expect([status, validate.errors, isValid]).toEqual([200, null, true]);
});

it('has every topic with its events, and the WebSocket with its frames', async () => {
  const { channels, operations, servers } = (await gateway.ask('/asyncapi.json')).json();

  expect(Object.keys(channels)).toEqual(
    expect.arrayContaining([
      'user-events',
      'post-events',
      'comment-events',
      'notification-events',
      'audit-events',
      'ws',
    ]),
  );
  expect(Object.keys(channels['post-events'].messages).sort()).toEqual([
    'PostCreated',
    'PostDeleted',
    'PostLiked',
    'PostUnliked',
    'PostUpdated',
    'PostViewed',
  ]);
  expect(operations.hear.messages).toEqual([
    { $ref: '#/channels/ws/messages/ping' },
    { $ref: '#/channels/ws/messages/watch' },
  ]);
  expect(Object.keys(channels.ws.messages)).toEqual([
    'ping',
    'watch',
    'pong',
    'ack',
    'error',
    'notification.created',
    'post.liked',
  ]);
  expect(servers.api).toEqual({ host: 'api.example.com', pathname: '/', protocol: 'wss' });
});

it('says of an event what its envelope holds, and of a frame what its data holds', async () => {
  const { messages } = (await gateway.ask('/asyncapi.json')).json().components;

  expect(messages.PostLiked.payload.properties.data.required).toEqual([
    'post_id',
    'post_author_id',
    'post_title',
    'user_id',
    'username',
    'likes_count',
    'revision',
    'v',
    'meta',
  ]);
  expect(messages['post.liked'].payload.properties.data.required).toEqual([
    'post_id',
    'likes_count',
    'user_id',
    'username',
  ]);
});
