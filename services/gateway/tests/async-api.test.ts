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
      'chat-events',
      'realtime-events',
      'delivery-events',
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
  expect(Object.keys(channels['chat-events'].messages).sort()).toEqual([
    'ChatCreated',
    'ChatRead',
    'MessageDeleted',
    'MessageEdited',
    'MessageSent',
    'ParticipantAdded',
    'ParticipantRemoved',
  ]);
  expect(Object.keys(channels['realtime-events'].messages)).toEqual(['PresenceChanged', 'TypingStarted']);
  expect(Object.keys(channels['delivery-events'].messages)).toEqual(['MessageReceived']);
  const heard = ['ping', 'watch', 'message.send', 'client.chat.typing', 'client.chat.read', 'resume'];
  const said = [
    ...['pong', 'ack', 'error', 'message.created', 'message.edited', 'message.deleted', 'chat.read', 'chat.typing'],
    ...['presence', 'notification.created', 'post.liked'],
  ];
  const refs = (names: string[]) => names.map((name) => ({ $ref: `#/channels/ws/messages/${name}` }));
  expect([operations.hear.messages, operations.say.messages]).toEqual([refs(heard), refs(said)]);
  expect(Object.keys(channels.ws.messages)).toEqual([...heard, ...said]);
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
  expect(messages['client.chat.typing'].payload.properties).toMatchObject({
    type: { const: 'chat.typing' },
    data: { required: ['chat_id'] },
  });
  expect(messages['chat.typing'].payload.properties).toMatchObject({
    type: { const: 'chat.typing' },
    data: { required: ['chat_id', 'user_id'] },
  });
});

it('refers to nothing that is not there', async () => {
  const document = (await gateway.ask('/asyncapi.json')).json();
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!.split('/'));
  const found = refs.filter((path) => path.reduce((at, part) => at?.[part], document) !== undefined);

  expect(refs.length).toBeGreaterThan(0);
  expect(found).toEqual(refs);
});
