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

  it('has friends follow each other, each once, and asks those last whose profile is not public', () => {
    const circle = parseGraph(Array.from({ length: 90 }, (_, index) => `${index} ${(index + 1) % 90}`).join('\n'));
    const { profiles, subscriptions, admissions } = makePlan(circle, { seed: 1, postsPerUser: 0 });
    const pairs = subscriptions.map(({ follower, followed }) => `${follower} ${followed}`);
    const wanted = circle.friends.flatMap((friends, follower) => friends.map((followed) => `${follower} ${followed}`));
    expect(pairs.toSorted()).toEqual(wanted.toSorted());
    const shy = profiles.filter(({ visibility }) => visibility !== 'public');
    expect(shy.map(({ person, visibility }) => [person, visibility])).toEqual([
      [39, 'followers'],
      [79, 'private'],
    ]);
    expect(
      subscriptions
        .slice(-4)
        .map(({ followed }) => followed)
        .toSorted((a, b) => a - b),
    ).toEqual([39, 39, 79, 79]);
    expect(admissions).toEqual([
      { person: 39, followers: circle.friends[39] },
      { person: 79, followers: circle.friends[79] },
    ]);
  });

  it('has some people begin a project, and friends apply to those that are open, each once', () => {
    const big = parseGraph(
      Array.from({ length: 200 }, (_, index) => [1, 2, 3].map((step) => `${index} ${(index + step) % 200}`))
        .flat()
        .join('\n'),
    );
    const { projects, applications } = makePlan(big, { seed: 1, postsPerUser: 0 });
    expect(projects.map(({ status }) => status)).toEqual([...Array<string>(7).fill('open'), 'draft', 'open', 'open']);
    expect(applications.length).toBeGreaterThan(0);
    const isFine = ({ project, applicant }: { project: number; applicant: number }) =>
      projects[project]?.status === 'open' && big.friends[projects[project].owner]?.includes(applicant);
    expect(applications.filter((each) => !isFine(each))).toEqual([]);
    expect(new Set(applications.map(({ project, applicant }) => `${project} ${applicant}`)).size).toBe(
      applications.length,
    );
    expect(new Set(applications.map(({ decision }) => decision))).toEqual(new Set(['accepted', 'rejected', undefined]));
  });

  it('keeps to what the API allows', () => {
    const plan = makePlan(ring, { seed: 3, postsPerUser: 5 });
    const { people, profiles, posts, comments, projects, applications } = plan;
    expect(people.filter(({ username }) => !/^[A-Za-z0-9_.-]{3,32}$/.test(username))).toEqual([]);
    expect(posts.filter(({ title, content }) => title.length > 255 || content.length > 5000)).toEqual([]);
    expect(comments.filter(({ content }) => content === '' || content.length > 1000)).toEqual([]);
    expect(
      profiles.filter(
        ({ nickname, bio, location }) => nickname.length > 50 || bio.length > 500 || location.length > 100,
      ),
    ).toEqual([]);
    expect(projects.filter(({ title, skills }) => title.length > 200 || skills.length === 0)).toEqual([]);
    expect(applications.filter(({ message }) => message === '')).toEqual([]);
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
