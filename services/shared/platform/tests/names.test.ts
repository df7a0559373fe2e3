import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Types, type Connection } from 'mongoose';
import type { Transaction } from '../src/mongo/transaction.ts';
import { anId, aUser } from '../src/testing/fake-users.ts';
import { testDatabase } from '../src/testing/test-database.ts';
import { unlessLater } from '../src/users/name-changes.ts';
import { createNameCopies, type NameCopies } from '../src/users/name-copies.ts';
import { noteName } from '../src/users/note-name.ts';
import { rebuildNames } from '../src/users/rebuild-names.ts';

const AT = new Date('2026-01-01T00:00:00.000Z');
const LATER = new Date('2026-01-02T00:00:00.000Z');

const database = testDatabase();
let db: Connection;
let names: NameCopies;
beforeAll(async () => {
  db = await database.open('names');
  await db.createCollection('people');
  const shape = { noName: null, fresh: { seen_at: null, mood: 'calm', mood_revision: -1 }, erased: { mood: 'none' } };
  names = createNameCopies(db, { collection: 'people', ...shape });
});
afterAll(() => database.drop('names'));

/** Has its work done in a transaction, which is all that copies of names ask of one. */
const inTransaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
  db.withSession((session) => session.withTransaction(() => work({ session } as Transaction)));

const act = (user: { id: string; username: string }, at = AT) =>
  inTransaction((tx) => names.noteActing(user, { seen_at: at }, tx));
const erase = (userId: string) => inTransaction((tx) => names.erase(userId, AT, tx));
const nameOf = async (userId: string) => (await names.usernames([userId])).get(userId);
const kept = async (username: string) => {
  const { _id, ...fields } = (await db.collection('people').findOne({ username }))!;
  return { id: String(_id), ...fields };
};

describe('copies of names', () => {
  it('take names over in any order, and never step back', async () => {
    const userId = anId();

    const changes = [
      await names.rename({ userId, username: 'second', revision: 2 }),
      await names.rename({ userId, username: 'first', revision: 1 }),
      await names.rename({ userId, username: 'second', revision: 2 }),
      await names.rename({ userId, username: '$third', revision: 3 }),
    ];

    expect(changes).toEqual([true, false, false, true]);
    expect(await nameOf(userId)).toBe('$third');
  });

  it('take the name of an event over where it tells of one', async () => {
    const user_id = anId();
    const tell = (told: { username?: string; username_revision?: number }) =>
      inTransaction((tx) => noteName(names, { user_id, ...told }, tx));

    await tell({});
    expect(await db.collection('people').countDocuments({ _id: new Types.ObjectId(user_id) })).toBe(0);
    await tell({ username: 'told', username_revision: 1 });
    await tell({});

    expect(await nameOf(user_id)).toBe('told');
  });

  it('keep the name that came with the latest deed, until one is announced', async () => {
    const { id } = aUser();

    expect(await act({ id, username: '$old' })).toBe('$old');
    expect(await act({ id, username: 'new' })).toBe('new');
    await names.rename({ userId: id, username: 'announced', revision: 1 });
    expect(await act({ id, username: 'old' })).toBe('announced');

    expect(await nameOf(id)).toBe('announced');
  });

  it('give the names of many, each once, and of nobody where nobody is asked for', async () => {
    const [alice, bob] = [aUser(), aUser()];
    await act(alice);
    await act(bob);

    const found = await names.usernames([alice.id, bob.id, alice.id, anId()]);

    expect(found).toEqual(
      new Map([
        [alice.id, alice.username],
        [bob.id, bob.username],
      ]),
    );
    expect(await names.usernames([])).toEqual(new Map());
  });

  it('keep what else a service knows in the same document, as it is from the beginning', async () => {
    const user = aUser();
    await names.rename({ userId: user.id, username: user.username, revision: 4 });
    const own = { seen_at: null, mood: 'calm', mood_revision: -1 };
    const name = { id: user.id, username: user.username, username_revision: 4, erased_at: null };
    expect(await kept(user.username)).toEqual({ ...name, ...own });

    await act(user, LATER);

    expect(await kept(user.username)).toEqual({ ...name, ...own, seen_at: LATER, holds_count: 1 });
  });

  it('take what else a service knows over by its own revision', async () => {
    const user = aUser();
    const change = (mood: string, revision: number) =>
      names.change(user.id, unlessLater('mood_revision', revision, { mood }));

    const changes = [await change('merry', 2), await change('sad', 1), await change('merry', 2)];

    expect(changes).toEqual([true, false, false]);
    expect(await nameOf(user.id)).toBeUndefined();
    await act(user);
    expect(await kept(user.username)).toMatchObject({ mood: 'merry', mood_revision: 2 });
  });

  it('forget a name for good, whatever comes after', async () => {
    const [gone, other] = [aUser(), aUser()];
    await act(gone);
    await act(other);

    await erase(gone.id);

    expect(await names.rename({ userId: gone.id, username: 'ghost', revision: 9 })).toBe(false);
    expect(await act(gone)).toBeUndefined();
    expect(await nameOf(gone.id)).toBeUndefined();
    expect(await db.collection('people').countDocuments({ username: { $in: [gone.username, 'ghost'] } })).toBe(0);
    expect(await names.erasedAmong([gone.id, other.id, anId()])).toEqual(new Set([gone.id]));
    expect(await db.collection('people').countDocuments({ erased_at: AT, mood: 'none' })).toBe(1);
  });

  it('know who has been erased before they were ever heard of', async () => {
    const user = aUser();

    await erase(user.id);

    expect(await act(user)).toBeUndefined();
    expect(await inTransaction((tx) => names.erasedAmong([user.id], tx))).toEqual(new Set([user.id]));
  });

  it('let only one of two have its way who act and erase at the same time', async () => {
    const user = aUser();
    await act(user);

    await inTransaction(async (tx) => {
      await names.erase(user.id, AT, tx);
      const session = await db.startSession();
      session.startTransaction();
      await expect(names.noteActing(user, { seen_at: LATER }, { session } as Transaction)).rejects.toThrow(
        /WriteConflict/,
      );
      await session.endSession();
    });

    expect(await act(user)).toBeUndefined();
  });

  it('keep off who erases, also where a deed changes nothing else', async () => {
    const user = aUser();
    await act(user);

    await inTransaction(async (tx) => {
      await names.noteActing(user, { seen_at: AT }, tx);
      const session = await db.startSession();
      session.startTransaction();
      await expect(names.erase(user.id, LATER, { session } as Transaction)).rejects.toThrow(/WriteConflict/);
      await session.endSession();
    });
  });

  it('are made anew from their owner, but for those of the erased', async () => {
    await db.collection('people').deleteMany({});
    const [alice, bob, carol, dan] = [aUser(), aUser(), aUser(), aUser()];
    for (const user of [alice, bob, carol, dan]) await act(user);
    await names.rename({ userId: bob.id, username: 'bobby', revision: 7 });
    await erase(dan.id);
    const now = (id: string, username: string, revision: number, isDeleted = false) => ({
      ...{ userId: id, username },
      ...{ revision, isDeleted },
    });
    const asked: string[][] = [];
    const users = {
      names: async (ids: string[]) => {
        asked.push(ids);
        return [now(alice.id, 'allie', 2), now(bob.id, 'bob', 6), now(carol.id, 'ghost', 3, true)];
      },
    };

    const result = await rebuildNames({ store: names, users });

    expect(result).toEqual({ checked: 3, corrected: 1 });
    expect(asked).toEqual([[alice.id, bob.id, carol.id].toSorted()]);
    expect(await names.usernames([alice.id, bob.id, carol.id])).toEqual(
      new Map([
        [alice.id, 'allie'],
        [bob.id, 'bobby'],
        [carol.id, carol.username],
      ]),
    );
    expect(await names.listIds({ after: asked[0]![0], limit: 1 })).toEqual([asked[0]![1]]);
  });
});
