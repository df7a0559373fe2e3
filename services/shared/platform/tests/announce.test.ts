import { typingStarted } from '@commons/contracts';
import { expect, it } from '@jest/globals';
import { createAnnounce } from '../src/events/announce.ts';
import { withRequest } from '../src/http/request-context.ts';
import { anId } from '../src/testing/fake-users.ts';

const now = new Date('2026-01-31T09:30:00.000Z');
const clock = { now: () => now };

it('publishes an event at once, in the envelope of all events, with who caused it', async () => {
  const published: [string, object][] = [];
  const publish = (topic: string, envelope: object) => Promise.resolve(void published.push([topic, envelope]));
  const announce = createAnnounce({ dapr: { publish }, clock, source: 'realtime' });
  const [chatId, userId] = [anId(), anId()];
  const request = { requestId: 'r', ip: '203.0.113.9', userAgent: 'jest', actorId: userId, authorization: null };

  await withRequest({ ...request, publicBaseUrl: '' }, () =>
    announce(typingStarted, chatId, { chat_id: chatId, user_id: userId, recipient_ids: [] }),
  );

  expect(published).toEqual([
    [
      'realtime-events',
      {
        specversion: '1.0',
        id: expect.any(String),
        type: 'TypingStarted',
        source: 'realtime',
        subject: chatId,
        time: '2026-01-31T09:30:00.000Z',
        datacontenttype: 'application/json',
        data: {
          v: 1,
          chat_id: chatId,
          user_id: userId,
          recipient_ids: [],
          meta: { actor_id: userId, ip: '203.0.113.9', user_agent: 'jest' },
        },
      },
    ],
  ]);
});

it('says so where it cannot be published', async () => {
  const publish = () => Promise.reject(new Error('the broker is away'));
  const announce = createAnnounce({ dapr: { publish }, clock, source: 'realtime' });
  const chatId = anId();

  await expect(
    announce(typingStarted, chatId, { chat_id: chatId, user_id: anId(), recipient_ids: [] }),
  ).rejects.toThrow('the broker is away');
});
