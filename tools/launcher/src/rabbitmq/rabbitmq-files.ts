import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeWhole } from '../data-folder/write-whole.ts';

/** What stands in a broker's folder. */
export function rabbitmqFiles(dataDir: string) {
  const folder = resolve(dataDir);
  const inside = (name: string) => join(folder, name);
  return {
    folder,
    /** Messages, queues, users. */
    data: inside('data'),
    /** Holds the cookie by which Erlang's nodes know each other. */
    home: inside('home'),
    nodeName: inside('node-name'),
    configuration: inside('rabbitmq.conf'),
    definitions: inside('definitions.json'),
    plugins: inside('enabled_plugins'),
    /** Not there: what the system's own RabbitMQ reads is not ours. */
    nothing: inside('nothing'),
    log: inside('rabbitmq.log'),
    pid: inside('rabbitmq.pid'),
    port: inside('port'),
    erlangPort: inside('erlang-port'),
    names: { log: inside('epmd.log'), pid: inside('epmd.pid'), port: inside('epmd-port') },
  };
}

export type RabbitmqFiles = ReturnType<typeof rabbitmqFiles>;

/** Makes a broker's folders, and the name that its data bears: it goes with the folder wherever that is copied. */
export async function openRabbitmqFolder(files: RabbitmqFiles): Promise<string> {
  await mkdir(files.data, { recursive: true });
  await mkdir(files.home, { recursive: true });
  await writeWhole(files.plugins, '[].\n');
  const kept = await readFile(files.nodeName, 'utf8').catch(() => undefined);
  if (kept) return kept;
  const made = `commons-${randomBytes(6).toString('hex')}@localhost`;
  await writeWhole(files.nodeName, made);
  return made;
}
