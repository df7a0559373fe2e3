import { MongoClient } from 'mongodb';
import { LaunchProblem } from '../launch-problem.ts';

/**
 * Makes sure that a MongoDB which someone else runs can be used.
 * @throws LaunchProblem when it does not answer, or knows no transactions
 */
export async function checkMongodb(uri: string, limitMs = 5_000): Promise<void> {
  let client: MongoClient;
  try {
    client = new MongoClient(uri, { serverSelectionTimeoutMS: limitMs });
  } catch (error) {
    throw new LaunchProblem('MONGODB_URI is no MongoDB connection string: correct it, or leave it out.', {
      cause: error,
    });
  }
  const address = client.options.hosts.map(String).join(', ') || client.options.srvHost;
  try {
    const { setName, msg } = await client.db('admin').command({ hello: 1 });
    if (setName !== undefined || msg === 'isdbgrid') return;
  } catch (error) {
    throw new LaunchProblem(
      `The MongoDB at ${address} that MONGODB_URI names does not answer: start it, or leave MONGODB_URI out.`,
      { cause: error },
    );
  } finally {
    await client.close();
  }
  throw new LaunchProblem(
    `The MongoDB at ${address} that MONGODB_URI names is no replica set: start it with --replSet, or leave MONGODB_URI out.`,
  );
}
