import mongoose, { type Connection } from 'mongoose';

/**
 * Connects to a service's own database. Indexes are made by migrations, not by models.
 * @param uri of a replica set: transactions need one.
 */
export async function connectDatabase(options: { uri: string; name: string }): Promise<Connection> {
  const connection = mongoose.createConnection(options.uri, {
    dbName: options.name,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 5_000,
    maxPoolSize: 50,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
  return connection.asPromise();
}
