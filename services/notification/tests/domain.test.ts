import { describe, expect, it } from '@jest/globals';
import { messageOf, type Notification } from '../src/domain/notification.ts';

const aLike = (fields: Partial<Notification> = {}): Notification => ({
  id: '66f2a1b0c3d4e5f60718293a',
  userId: '66f2a1b0c3d4e5f60718293b',
  type: 'LIKE',
  place: { postId: '66f2a1b0c3d4e5f60718293c' },
  outcome: null,
  chat: null,
  actorId: '66f2a1b0c3d4e5f60718293d',
  actorsCount: 1,
  message: null,
  isRead: false,
  createdAt: new Date(0),
  ...fields,
});

describe('the message of a notification', () => {
  it.each([
    [1, 'bob liked your post'],
    [2, 'bob and 1 other liked your post'],
    [10, 'bob and 9 others liked your post'],
  ])('names the latest of %i actors and counts the others', (actorsCount, message) => {
    expect(messageOf(aLike({ actorsCount }), 'bob')).toBe(message);
  });

  it.each([
    ['FOLLOW', null, 'bob follows you'],
    ['FOLLOW', 'accepted', 'bob accepted your request to follow them'],
    ['FOLLOW_REQUEST', null, 'bob asks to follow you'],
    ['APPLICATION', null, 'bob applied to your project'],
    ['APPLICATION_STATUS', 'accepted', 'bob accepted your application'],
    ['APPLICATION_STATUS', 'rejected', 'bob rejected your application'],
    ['APPLICATION_STATUS', 'withdrawn', 'bob withdrew their application'],
  ] as const)('says of %s, %s what was done', (type, outcome, message) => {
    expect(messageOf(aLike({ type, outcome, place: {} }), 'bob')).toBe(message);
  });

  it('names nobody whose name is not known, and is what was written where something was', () => {
    expect(messageOf(aLike(), undefined)).toBe('Somebody liked your post');
    expect(messageOf(aLike({ type: 'SYSTEM', message: 'Down at noon', actorId: null }), undefined)).toBe(
      'Down at noon',
    );
  });
});
