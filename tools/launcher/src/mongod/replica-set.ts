import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient, MongoServerError } from 'mongodb';
import type { Db } from 'mongodb';

/** The name of the replica set of one that every mongod of ours is; transactions need a replica set. */
export const replicaSetName = 'rs0';

const notYetInitialized = 94;

/** What we use of the answer to `replSetGetConfig`. */
type Config = { version: number; members: { host: string }[] };

/**
 * Makes the mongod on a loopback port the primary of its own replica set: initiates it when it is new, corrects its address when
 * the port is another than last time, and waits until it takes writes.
 * Where a server that never answers has the old port, mongod itself asks it for 30 s first.
 * @throws Error when it is no primary within `limitMs`
 */
export async function makePrimary(port: number, limitMs = 60_000): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: limitMs });
  const end = Date.now() + limitMs;
  try {
    const admin = client.db('admin');
    while (!(await isPrimaryAt(admin, host))) {
      if (Date.now() > end) throw new Error(`The mongod at ${host} did not become primary.`);
      await configure(admin, host);
      await delay(20);
    }
  } finally {
    await client.close();
  }
}

async function isPrimaryAt(admin: Db, host: string): Promise<boolean> {
  const { isWritablePrimary, me } = await admin.command({ hello: 1 });
  return isWritablePrimary === true && me === host;
}

async function configure(admin: Db, host: string): Promise<void> {
  try {
    const current = await readConfig(admin);
    if (current === undefined) await admin.command({ replSetInitiate: singleMember(host, 1) });
    else if (current.members[0]?.host !== host) {
      await admin.command({ replSetReconfig: singleMember(host, current.version + 1), force: true });
    }
  } catch (error) {
    // While it starts up and elects itself it refuses with one of several codes: the next round sees where it stands.
    if (!(error instanceof MongoServerError)) throw error;
  }
}

async function readConfig(admin: Db): Promise<Config | undefined> {
  try {
    return (await admin.command({ replSetGetConfig: 1 }))['config'] as Config;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === notYetInitialized) return undefined;
    throw error;
  }
}

function singleMember(host: string, version: number) {
  return {
    _id: replicaSetName,
    version,
    members: [{ _id: 0, host }],
    settings: { electionTimeoutMillis: 500, heartbeatIntervalMillis: 500 },
  };
}
