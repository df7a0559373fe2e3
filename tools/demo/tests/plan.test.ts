import { describe, expect, it } from '@jest/globals';
import { parseGraph } from '../src/graph.ts';
import { personOf } from '../src/people.ts';
import { makePlan } from '../src/plan.ts';

const ring = parseGraph(Array.from({ length: 30 }, (_, index) => `${index} ${(index + 1) % 30}`).join('\n'));

describe('the plan', () => {
  it('is the same for the same seed, and another for another', () => {
    const plan = makePlan(ring, { seed: 7, postsPerUser: 2 });
    expect(makePlan(ring, { seed: 7, postsPerUser: 2 })).toEqual(plan);
    expect(makePlan(ring, { seed: 8, postsPerUser: 2 }).posts).not.toEqual(plan.posts);
  });

  it('gives everybody so many posts, under titles that differ', () => {
    const { people, posts } = makePlan(ring, { seed: 1, postsPerUser: 3 });
    const titlesOf = (author: number) => posts.filter((post) => post.author === author).map(({ title }) => title);
    expect(people.map((_, author) => new Set(titlesOf(author)).size)).toEqual(Array(30).fill(3));
  });

  it('lets only friends of the author comment and like, each once', () => {
    const { posts, comments, likes } = makePlan(ring, { seed: 1, postsPerUser: 4 });
    const knows = ({ post, author }: { post: number; author: number }) =>
      ring.friends[posts[post]?.author ?? -1]?.includes(author);
    const pairs = (list: readonly { post: number; author: number }[]) => list.map((one) => `${one.post} ${one.author}`);
    expect(comments.length).toBeGreaterThan(0);
    expect(likes.length).toBeGreaterThan(0);
    expect([...comments, ...likes].filter((one) => !knows(one))).toEqual([]);
    expect(new Set(pairs(comments)).size).toBe(comments.length);
    expect(new Set(pairs(likes)).size).toBe(likes.length);
  });

  it('keeps to what the API allows', () => {
    const { people, posts, comments } = makePlan(ring, { seed: 3, postsPerUser: 5 });
    expect(people.filter(({ username }) => !/^[A-Za-z0-9_.-]{3,32}$/.test(username))).toEqual([]);
    expect(posts.filter(({ title, content }) => title.length > 255 || content.length > 5000)).toEqual([]);
    expect(comments.filter(({ content }) => content === '' || content.length > 1000)).toEqual([]);
  });
});

describe('people', () => {
  it('have a name each, however many they are', () => {
    const usernames = Array.from({ length: 5000 }, (_, number) => personOf(number).username);
    expect(new Set(usernames).size).toBe(5000);
    expect(personOf(0)).toEqual({
      username: 'ada.abara',
      email: 'ada.abara@example.com',
      firstName: 'Ada',
      lastName: 'Abara',
    });
  });
});
