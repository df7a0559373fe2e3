import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postDeleted, postUpdated, userDataErased, userDeleted, userProfileUpdated } from '@commons/contracts';
import { anId, aUser, buildService, until } from '@commons/platform/testing';
import { service } from '../src/service.ts';
import { aPost, publish, type PostService } from './a-post.ts';

let post: PostService;
beforeAll(async () => {
  post = await buildService(service);
});
afterAll(() => post.stop());

const nameOn = async (id: string) => (await post.as().get(`/api/posts/${id}`).expect(200)).body.author.username;
const erased = async (userId: string) =>
  (await post.published(userDataErased)).filter(({ subject }) => subject === userId);
const countOf = async (authorId: string) => (await post.as().get(`/api/posts?author_id=${authorId}`)).body.count;

describe('the name of an author', () => {
  it('is the newest, on every post, in whatever order and however often it is told', async () => {
    const alice = aUser();
    const ids = [await publish(post, alice), await publish(post, alice)];

    await post.deliver(
      userProfileUpdated,
      { user_id: alice.id, username: 'newest', username_revision: 3 },
      { times: 3 },
    );
    await post.deliver(
      userProfileUpdated,
      { user_id: alice.id, username: 'older', username_revision: 2 },
      { times: 2 },
    );
    await post.deliver(userProfileUpdated, { user_id: alice.id, nickname: 'Ally', revision: 7 });

    expect(await Promise.all(ids.map(nameOn))).toEqual(['newest', 'newest']);
    const { body } = await post.as().get(`/api/posts?author_id=${alice.id}`).expect(200);
    expect(body.results.map(({ author }: { author: object }) => author)).toEqual([
      { id: alice.id, username: 'newest' },
      { id: alice.id, username: 'newest' },
    ]);
  });

  it('is the one that was announced, where a token still says another', async () => {
    const alice = aUser();
    await post.deliver(userProfileUpdated, { user_id: alice.id, username: '$new', username_revision: 2 });

    const id = await publish(post, alice);
    await post.as(alice).patch(`/api/posts/${id}`).send({ title: 'b' }).expect(200);

    expect(await nameOn(id)).toBe('$new');
    const updates = (await post.published(postUpdated)).filter(({ subject }) => subject === id);
    expect(updates.map(({ data }) => data['author_username'])).toEqual(['$new']);
  });

  it('is not taken from an admin who changes the post', async () => {
    const alice = aUser();
    const id = await publish(post, alice);

    await post
      .as(aUser({ roles: ['user', 'admin'] }))
      .patch(`/api/posts/${id}`)
      .send({ title: 'b' })
      .expect(200);

    expect(await nameOn(id)).toBe(alice.username);
  });
});

describe('an author who is deleted', () => {
  it('takes all posts along, each told once, and leaves nothing to see', async () => {
    const [alice, bob] = [aUser(), aUser()];
    const tag = `gone-${alice.username}`;
    const ids = [];
    for (const visibility of ['public', 'private', 'followers'])
      ids.push(await publish(post, alice, { visibility, tags: [tag] }));
    const kept = await publish(post, bob);
    await post.as(alice).get(`/api/posts/${kept}`).expect(200);

    await post.deliver(userDeleted, { user_id: alice.id }, { times: 3 });

    await until(async () => (await erased(alice.id)).length > 0);
    expect((await erased(alice.id)).map(({ data }) => data)).toEqual([
      expect.objectContaining({ user_id: alice.id, service: 'post' }),
    ]);
    const deletions = (await post.published(postDeleted)).filter(({ data }) => data['author_id'] === alice.id);
    expect(deletions.map(({ subject }) => subject).toSorted()).toEqual(ids.toSorted());
    for (const id of ids) await post.as(alice).get(`/api/posts/${id}`).expect(404);
    expect((await post.as().get(`/api/tags?q=${tag}`).expect(200)).body.count).toBe(0);
    expect(await post.ctx.views.has({ viewerId: alice.id, postId: kept, at: new Date() })).toBe(false);
    expect(await post.ctx.authors.usernames([alice.id])).toEqual(new Map());
    await post.as().get(`/api/posts/${kept}`).expect(200);
  });

  it('may have written more than one step can remove', async () => {
    const alice = aUser();
    const first = await publish(post, alice);
    const posts = post.ctx.db.collection('posts');
    const { _id, ...template } = (await posts.findOne({ title: (await post.ctx.posts.find(first))!.title }))!;
    await posts.insertMany(Array.from({ length: 250 }, () => ({ ...template })));
    expect(await countOf(alice.id)).toBe(251);

    await post.deliver(userDeleted, { user_id: alice.id });

    await until(async () => (await erased(alice.id)).length === 1);
    expect(await countOf(alice.id)).toBe(0);
    const deletions = (await post.published(postDeleted)).filter(({ data }) => data['author_id'] === alice.id);
    expect(new Set(deletions.map(({ subject }) => subject)).size).toBe(251);
    expect(String(_id)).toBe(first);
  });

  it('publishes nothing any more, and gets no name back', async () => {
    const alice = aUser();
    await post.deliver(userDeleted, { user_id: alice.id });
    await post.deliver(userProfileUpdated, { user_id: alice.id, username: 'back', username_revision: 9 });

    const { body } = await post.as(alice).post('/api/posts').send(aPost()).expect(401);

    expect(body).toMatchObject({ code: 'token_revoked' });
    expect(await post.ctx.authors.usernames([alice.id])).toEqual(new Map());
  });

  it('leaves nothing behind that was published at the same time', async () => {
    const alice = aUser();

    const [, ...answers] = await Promise.all([
      post.deliver(userDeleted, { user_id: alice.id }),
      ...Array.from({ length: 15 }, () => post.as(alice).post('/api/posts').send(aPost())),
    ]);

    expect(answers.every(({ status }) => status === 201 || status === 401)).toBe(true);
    await until(async () => (await erased(alice.id)).length === 1);
    expect(await countOf(alice.id)).toBe(0);
  });

  it('may be somebody who never wrote anything', async () => {
    const id = anId();

    await post.deliver(userDeleted, { user_id: id }, { times: 2 });

    await until(async () => (await erased(id)).length === 1);
  });
});
