import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { pino } from 'pino';
import { migrate, type Migration } from '../src/mongo/migrate.ts';
import { testDatabase } from '../src/testing/test-database.ts';

const database = testDatabase();
const log = pino({ level: 'silent' });
let db: Connection;
beforeAll(async () => {
  db = await database.open('migrate');
});
afterAll(() => database.drop('migrate'));

const stepTo =
  (ran: string[], name: string): Migration['up'] =>
  () => {
    ran.push(name);
    return Promise.resolve();
  };

describe('migrations', () => {
  it('run once each, in their order, though several replicas start at the same time', async () => {
    const ran: string[] = [];
    const migrations = ['0001-one', '0002-two'].map((name) => ({ name, up: stepTo(ran, name) }));

    await Promise.all([migrate(db, migrations, log), migrate(db, migrations, log), migrate(db, migrations, log)]);

    expect(ran).toEqual(['0001-one', '0002-two']);
  });

  it('run only what is new', async () => {
    const ran: string[] = [];
    const migrations = ['0001-one', '0002-two', '0003-three'].map((name) => ({ name, up: stepTo(ran, name) }));

    await migrate(db, migrations, log);

    expect(ran).toEqual(['0003-three']);
  });

  it('keep a service from starting when one fails, and try it again at the next start', async () => {
    const failing = { name: '0004-four', up: () => Promise.reject(new Error('no such index')) };
    await expect(migrate(db, [failing], log)).rejects.toThrow('no such index');
    const ran: string[] = [];

    await migrate(db, [{ name: '0004-four', up: stepTo(ran, '0004-four') }], log);

    expect(ran).toEqual(['0004-four']);
  });
});
