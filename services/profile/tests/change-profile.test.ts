import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userProfileUpdated } from '@commons/contracts';
import { anAdmin, anId, aUser, fakeClock, type TestUser } from '@commons/platform/testing';
import { block, buildProfile, register, say, setUp, wholeOf, type ProfileService } from './a-profile.ts';

const clock = fakeClock();
let profile: ProfileService;
beforeAll(async () => {
  profile = await buildProfile({ clock });
});
afterAll(() => profile.stop());

const path = ({ id }: { id: string }) => `/api/profiles/${id}`;
const told = async ({ id }: { id: string }) =>
  (await profile.published(userProfileUpdated)).filter(({ subject }) => subject === id).map(({ data }) => data);

const everything = {
  ...{ nickname: 'Annie', bio: 'Bakes.', location: 'Lund', website: 'https://ann.example/?q=1#top' },
};

describe('what a profile says', () => {
  it('is written by its owner', async () => {
    const ann = await register(profile);
    clock.advance(1_000);

    const { body, headers } = await profile.as(ann).put(path(ann)).send(everything).expect(200);

    const whole = wholeOf(ann, { ...everything, updated_at: clock.now().toISOString() });
    expect(body).toEqual(whole);
    const read = await profile.as().get(path(ann)).expect(200);
    expect(read.body).toEqual(whole);
    expect(read.headers['etag']).toBe(headers['etag']);
  });

  it('is cleared where it is left out, null or empty', async () => {
    const ann = await register(profile);
    await say(profile, ann, everything);

    const { body } = await profile.as(ann).put(path(ann)).send({ bio: null, location: '  ', website: '' }).expect(200);

    expect(body).toEqual(wholeOf(ann, { updated_at: expect.any(String) }));
  });

  it('is told of with what others keep, once for each change, in order', async () => {
    const ann = await register(profile);

    await say(profile, ann, { nickname: 'Annie' });
    await say(profile, ann, { nickname: 'Annie' });
    await say(profile, ann, { bio: 'Bakes.' });

    const kept = {
      ...{ v: 1, user_id: ann.id, avatar_url: null, visibility: 'public', allow_messages_from: 'everyone' },
      ...{ show_online: true, meta: { actor_id: ann.id, ip: '203.0.113.7', user_agent: 'jest' } },
    };
    expect(await told(ann)).toEqual([
      { ...kept, nickname: 'Annie', revision: 2 },
      { ...kept, nickname: null, revision: 3 },
    ]);
  });

  it('is written by an admin as well, blocked or not, and by nobody else', async () => {
    const [ann, admin] = [await register(profile), anAdmin()];
    await block(profile, ann, admin);

    await profile.as(admin).put(path(ann)).send({ nickname: 'Moderated' }).expect(200);
    await profile.as().put(path(ann)).send({}).expect(401);
    const { body } = await profile.as(aUser()).put(path(ann)).send({}).expect(403);

    expect(body).toMatchObject({ status: 403, code: 'not_your_profile' });
    expect((await profile.as().get(path(ann))).body).toMatchObject({ nickname: 'Moderated' });
  });

  it('is not there to be written for who may not know of it', async () => {
    const [ann, ben] = [await register(profile), await register(profile)];
    await block(profile, ann, ben);

    await profile.as(ben).put(path(ann)).send({}).expect(404);
    await profile
      .as(ben)
      .put(path({ id: anId() }))
      .send({})
      .expect(404);
  });

  it('takes what a user may say, to the last character', async () => {
    const ann = await register(profile);
    const longest = { nickname: '🦊'.repeat(50), bio: 'b'.repeat(500), location: 'l'.repeat(100) };
    const website = `https://ann.example/${'a'.repeat(180)}`;

    const { body } = await profile
      .as(ann)
      .put(path(ann))
      .send({ ...longest, website })
      .expect(200);

    expect(body).toMatchObject({ ...longest, website });
  });

  it.each([
    ['a long nickname', { nickname: '🦊'.repeat(51) }, 422],
    ['a long bio', { bio: 'b'.repeat(501) }, 422],
    ['a long location', { location: 'l'.repeat(101) }, 422],
    ['a long website', { website: `https://ann.example/${'a'.repeat(181)}` }, 422],
    ['a script for a website', { website: 'javascript:alert(1)' }, 422],
    ['another protocol', { website: 'ftp://ann.example' }, 422],
    ['half a URL', { website: 'https://' }, 422],
    ['no URL', { website: 'ann.example' }, 422],
    ['a URL with a space in it', { website: 'https://ann.example/a b' }, 422],
    ['a number', { nickname: 5 }, 400],
    ['an array', { bio: ['b'] }, 400],
  ])('is not %s', async (_, body, status) => {
    const ann = await register(profile);

    const refusal = await profile.as(ann).put(path(ann)).send(body).expect(status);

    const [field] = Object.keys(body);
    expect(refusal.body).toMatchObject({ status, errors: [{ path: field }] });
    expect(await told(ann)).toEqual([]);
  });

  it.each([
    ['no body', '', 400],
    ['no JSON', '{', 400],
    ['no object', '[]', 400],
    ['too much', JSON.stringify({ bio: 'b'.repeat(101 * 1024) }), 413],
  ])('cannot be written with %s', async (_, body, status) => {
    const ann = await register(profile);

    await profile.as(ann).put(path(ann)).set('content-type', 'application/json').send(body).expect(status);
    await profile.as(ann).put(path(ann)).set('content-type', 'text/plain').send('x').expect(415);
  });

  it('leaves alone what is not theirs to change', async () => {
    const ann = await register(profile);

    const { body } = await profile
      .as(ann)
      .put(path(ann))
      .send({ username: 'x', first_name: 'x', followers_count: 9, visibility: 'private', avatar_url: 'x', id: anId() })
      .expect(200);

    expect(body).toEqual(wholeOf(ann));
  });

  it('is not overwritten by who has an older version of it in hand', async () => {
    const ann = await register(profile);
    const { headers } = await profile.as(ann).get(path(ann)).expect(200);
    await say(profile, ann, { nickname: 'First' });
    const write = (tag: string) => profile.as(ann).put(path(ann)).set('if-match', tag).send({ nickname: 'Second' });

    await write(headers['etag']!).expect(412);
    const present = await profile.as(ann).get(path(ann)).expect(200);
    await write(present.headers['etag']!).expect(200);
  });

  it('keeps all of what many write at once, one after the other', async () => {
    const ann = await register(profile);

    await Promise.all(Array.from({ length: 10 }, (_, index) => say(profile, ann, { nickname: `Ann ${index}` })));

    const events = await told(ann);
    expect(events.map(({ revision }) => Number(revision)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, index) => index + 2),
    );
    const last = events.find(({ revision }) => revision === 11);
    expect((await profile.as().get(path(ann))).body).toMatchObject({ nickname: last?.['nickname'] });
  });
});

describe('settings', () => {
  const of = ({ id }: { id: string }) => `/api/profiles/${id}/settings`;
  const first = {
    ...{ locale: 'en', timezone: 'UTC', theme: 'system' },
    ...{ profile_visibility: 'public', allow_messages_from: 'everyone', show_online: true },
  };
  const others = {
    ...{ locale: 'de-AT', timezone: 'Europe/Vienna', theme: 'dark' },
    ...{ profile_visibility: 'followers', allow_messages_from: 'nobody', show_online: false },
  };

  it('are there from the beginning', async () => {
    const ann = await register(profile);

    expect((await profile.as(ann).get(of(ann)).expect(200)).body).toEqual(first);
  });

  it('are what their owner says, and are told of where others keep them', async () => {
    const ann = await register(profile);

    const { body } = await profile.as(ann).put(of(ann)).send(others).expect(200);

    expect(body).toEqual(others);
    expect((await profile.as(ann).get(of(ann)).expect(200)).body).toEqual(others);
    expect(await told(ann)).toEqual([
      expect.objectContaining({
        ...{ user_id: ann.id, visibility: 'followers', allow_messages_from: 'nobody', show_online: false, revision: 2 },
      }),
    ]);
  });

  it('stay where they are left out', async () => {
    const ann = await register(profile);
    await setUp(profile, ann, others);

    const { body } = await profile.as(ann).put(of(ann)).send({ theme: 'light' }).expect(200);

    expect(body).toEqual({ ...others, theme: 'light' });
  });

  it('have a language in its canonical form, and any time zone that has a name', async () => {
    const ann = await register(profile);

    const { body } = await profile.as(ann).put(of(ann)).send({ locale: 'zh-hant-tw', timezone: 'Asia/Kolkata' });

    expect(body).toEqual({ ...first, locale: 'zh-Hant-TW', timezone: 'Asia/Kolkata' });
  });

  it.each([
    ['no language', { locale: 'not a locale' }, 422],
    ['an empty language', { locale: '' }, 422],
    ['no time zone', { timezone: 'Europe/Atlantis' }, 422],
    ['an offset', { timezone: '+02:00' }, 422],
    ['an empty time zone', { timezone: '' }, 422],
    ['another theme', { theme: 'pink' }, 422],
    ['another visibility', { profile_visibility: 'friends' }, 422],
    ['other senders', { allow_messages_from: 'some' }, 422],
    ['a word for yes', { show_online: 'yes' }, 400],
    ['a number', { locale: 1 }, 400],
    ['a null', { theme: null }, 400],
  ])('are not %s', async (_, body, status) => {
    const ann = await register(profile);

    const refusal = await profile.as(ann).put(of(ann)).send(body).expect(status);

    expect(refusal.body).toMatchObject({ status, errors: [{ path: Object.keys(body)[0] }] });
    expect((await profile.as(ann).get(of(ann))).body).toEqual(first);
  });

  it("are nobody else's business, admins included", async () => {
    const [ann, ben] = [await register(profile), await register(profile)];
    await block(profile, ann, ben);

    const read = (user: TestUser | undefined, whose: { id: string }) => profile.as(user).get(of(whose));
    const write = (user: TestUser | undefined, whose: { id: string }) => profile.as(user).put(of(whose)).send({});
    for (const ask of [read, write]) {
      await ask(undefined, ann).expect(401);
      expect((await ask(anAdmin(), ann).expect(403)).body).toMatchObject({ code: 'not_your_profile' });
      await ask(aUser(), ann).expect(403);
      await ask(ben, ann).expect(404);
      await ask(ann, { id: anId() }).expect(404);
    }
  });
});
