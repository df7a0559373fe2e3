import type { DatabaseSync } from 'node:sqlite';
import type { Message, MessageMetadata, QueueSpec } from '../broker/message.ts';
import type { QueueStore } from '../broker/queue.ts';

/** Durable queues of all brokers and what waits in them. */
export type MessageStore = {
  queues(broker: string): QueueSpec[];
  saveQueue(broker: string, spec: QueueSpec): void;
  removeQueue(broker: string, name: string): void;
  /** The messages of one queue, and what keeps new ones. */
  open(broker: string, queue: string): { waiting: Message[]; store: QueueStore };
  /** Writes several messages as one: all of them are kept, or none. */
  together(write: () => void): void;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS queue (
    broker TEXT NOT NULL, name TEXT NOT NULL, spec TEXT NOT NULL, PRIMARY KEY (broker, name)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY AUTOINCREMENT, broker TEXT NOT NULL, queue TEXT NOT NULL,
    topic TEXT NOT NULL, data BLOB NOT NULL, metadata TEXT NOT NULL, expires_at INTEGER
  );
  CREATE INDEX IF NOT EXISTS message_queue ON message (broker, queue, id);
`;

type MessageRow = { id: number; topic: string; data: Uint8Array; metadata: string; expires_at: number | null };

export function createMessageStore(database: DatabaseSync): MessageStore {
  database.exec(SCHEMA);
  const selectQueues = database.prepare('SELECT spec FROM queue WHERE broker = ?');
  const insertQueue = database.prepare('INSERT OR REPLACE INTO queue (broker, name, spec) VALUES (?, ?, ?)');
  const deleteQueue = database.prepare('DELETE FROM queue WHERE broker = ? AND name = ?');
  const deleteMessages = database.prepare('DELETE FROM message WHERE broker = ? AND queue = ?');
  const selectMessages = database.prepare(
    'SELECT id, topic, data, metadata, expires_at FROM message WHERE broker = ? AND queue = ? ORDER BY id',
  );
  const insert = database.prepare(
    'INSERT INTO message (broker, queue, topic, data, metadata, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM message WHERE id = ?');

  return {
    queues: (broker) => selectQueues.all(broker).map((row) => JSON.parse(String(row['spec'])) as QueueSpec),
    saveQueue: (broker, spec) => void insertQueue.run(broker, spec.name, JSON.stringify(spec)),
    removeQueue: (broker, name) => {
      deleteQueue.run(broker, name);
      deleteMessages.run(broker, name);
    },
    open: (broker, queue) => ({
      waiting: selectMessages.all(broker, queue).map((row) => asMessage(row as MessageRow)),
      store: {
        add: ({ topic, data, metadata, expiresAt }) => {
          const written = insert.run(broker, queue, topic, data, JSON.stringify(metadata), expiresAt ?? null);
          return Number(written.lastInsertRowid);
        },
        remove: (id) => void remove.run(id),
      },
    }),
    together: (write) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        write();
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

function asMessage({ id, topic, data, metadata, expires_at: expiresAt }: MessageRow): Message {
  return {
    id,
    topic,
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    metadata: JSON.parse(metadata) as MessageMetadata,
    expiresAt: expiresAt ?? undefined,
  };
}
