import { describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { createMemoryBackend } from '../src/state/memory-backend.ts';
import { createSqliteBackend } from '../src/state/sqlite-backend.ts';
import type { StateEntry } from '../src/state/state-backend.ts';

const anEntry = (more: Partial<StateEntry> = {}): StateEntry => ({
  json: '{"n":1}',
  etag: '1',
  firstWrite: false,
  expiresAt: undefined,
  ...more,
});

/** A clock that a test sets. */
function aClock(now = 1_000_000) {
  const clock = { now, read: () => clock.now };
  return clock;
}

describe.each([
  ['memory', (read: () => number) => createMemoryBackend(read)],
  ['SQLite', (read: () => number) => createSqliteBackend(new DatabaseSync(':memory:'), 'a-store', read)],
])('state in %s', (_, open) => {
  it('keeps entries whole', () => {
    const backend = open(aClock().read);
    const entry = anEntry({ firstWrite: true, expiresAt: 2_000_000, etag: 'é' });

    backend.put('key', entry);

    expect([backend.get('key'), backend.get('another')]).toEqual([entry, undefined]);
  });

  it('replaces and deletes entries', () => {
    const backend = open(aClock().read);
    backend.put('replaced', anEntry());
    backend.put('deleted', anEntry());

    backend.put('replaced', anEntry({ json: '2' }));
    backend.delete('deleted');
    backend.delete('never-there');

    expect([backend.get('replaced'), backend.get('deleted')]).toEqual([anEntry({ json: '2' }), undefined]);
  });

  it('forgets an entry when it expires', () => {
    const clock = aClock();
    const backend = open(clock.read);
    backend.put('mortal', anEntry({ expiresAt: clock.now + 10 }));

    clock.now += 9;
    const before = backend.get('mortal');
    clock.now += 1;

    expect([before?.json, backend.get('mortal')]).toEqual(['{"n":1}', undefined]);
  });

  it('keeps what lives when it sweeps out what has expired', () => {
    const clock = aClock();
    const backend = open(clock.read);
    backend.put('mortal', anEntry({ expiresAt: clock.now + 10 }));
    backend.put('long-lived', anEntry({ expiresAt: clock.now + 10_000 }));
    backend.put('immortal', anEntry());

    clock.now += 5000;
    backend.put('swept-by', anEntry());

    expect(['mortal', 'long-lived', 'immortal'].map((key) => backend.get(key)?.json)).toEqual([
      undefined,
      '{"n":1}',
      '{"n":1}',
    ]);
  });

  it('writes together, or not at all', () => {
    const backend = open(aClock().read);
    backend.put('there', anEntry());
    backend.put('deleted', anEntry());

    backend.together(() => backend.put('together', anEntry()));
    const failing = () =>
      backend.together(() => {
        backend.put('there', anEntry({ json: '2' }));
        backend.put('there', anEntry({ json: '3' }));
        backend.put('new', anEntry());
        backend.delete('deleted');
        throw new Error('in the middle');
      });

    expect(failing).toThrow('in the middle');
    expect(['together', 'there', 'new', 'deleted'].map((key) => backend.get(key)?.json)).toEqual([
      '{"n":1}',
      '{"n":1}',
      undefined,
      '{"n":1}',
    ]);
  });
});

describe('state in SQLite', () => {
  it('keeps stores of one database apart, and shares one of a name', () => {
    const database = new DatabaseSync(':memory:');
    createSqliteBackend(database, 'one').put('key', anEntry());

    expect(createSqliteBackend(database, 'one').get('key')).toEqual(anEntry());
    expect(createSqliteBackend(database, 'another').get('key')).toBeUndefined();
  });
});
