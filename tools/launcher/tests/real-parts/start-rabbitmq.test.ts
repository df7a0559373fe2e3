import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { isPortFree } from '../../src/processes/free-port.ts';
import { isAlive } from '../../src/processes/running-process.ts';
import { startRabbitmq } from '../../src/rabbitmq/start-rabbitmq.ts';
import type { RunningRabbitmq } from '../../src/rabbitmq/start-rabbitmq.ts';
import { runProgram } from '../run-program.ts';
import { aFolder } from '../temp-folder.ts';
import { until } from '../until.ts';
import { definitions, publish, take } from './broker-session.ts';
import { descendantsOf } from './descendants.ts';

const limitMs = 120_000;
const portFiles = ['port', 'erlang-port', 'epmd-port'];

it.each([
  ['when it was stopped', (broker: RunningRabbitmq) => broker.stop()],
  ['when it was killed', killed],
])(
  'keeps what it acknowledged, and its port, and leaves nothing behind: %s',
  async (_case, end) => {
    const options = await someOptions();
    const first = await startRabbitmq(options);
    await publish(first.connectionString, 'hello');
    await end(first, options.dataDir);
    const leftPorts = await portsInUse(options.dataDir);

    const again = await startRabbitmq(options);
    const kept = await take(again.connectionString);
    await again.stop();

    expect({ leftPorts, kept, where: again.connectionString }).toEqual({
      leftPorts: [],
      kept: 'hello',
      where: `amqp://commons:secret@127.0.0.1:${first.port}`,
    });
  },
  limitMs,
);

it(
  'leaves nothing behind when its launcher is killed, and nothing is lost',
  async () => {
    const options = await someOptions();
    const launcher = runProgram('./programs/hold-rabbitmq.ts', { args: [options.dataDir, options.definitionsFile] });
    await publish(await launcher.printed('amqp://'), 'hello');
    const started = await descendantsOf(launcher.pid);

    launcher.kill('SIGKILL');
    await until(() => !started.some(isAlive));
    const leftPorts = await portsInUse(options.dataDir);
    const log = await readFile(join(options.dataDir, 'rabbitmq.log'), 'utf8');
    const again = await startRabbitmq(options);
    const kept = await take(again.connectionString);
    await again.stop();

    expect({ leftPorts, kept }).toEqual({ leftPorts: [], kept: 'hello' });
    expect(log).toContain('SIGTERM received - shutting down');
  },
  limitMs,
);

it(
  'lets in nobody but its user, and two of them do not meet',
  async () => {
    const [one, other] = [await someOptions(), await someOptions()];
    const brokers = await Promise.all([startRabbitmq(one), startRabbitmq({ ...other, password: 'another secret' })]);
    const [first, second] = brokers;

    await publish(first.connectionString, 'hello');
    const strangers = ['guest:guest', 'commons:secret'].map((who) => `amqp://${who}@127.0.0.1:${second.port}`);
    const refusals = await Promise.all(strangers.map((stranger) => refusalOf(publish(stranger, 'hello'))));
    const taken = [await take(second.connectionString), await take(first.connectionString)];
    const mode = (await stat(join(one.dataDir, 'definitions.json'))).mode & 0o777;
    await Promise.all(brokers.map((broker) => broker.stop()));

    expect(refusals).toEqual([expect.stringContaining('ACCESS_REFUSED'), expect.stringContaining('ACCESS_REFUSED')]);
    expect({ taken, mode: mode.toString(8) }).toEqual({ taken: [undefined, 'hello'], mode: '600' });
  },
  limitMs,
);

it(
  'says where to look when it does not take its definitions',
  async () => {
    const options = await someOptions();
    const queues = [{ ...definitions.queues[0], arguments: { 'x-queue-type': 'no such type' } }];
    await writeFile(options.definitionsFile, JSON.stringify({ ...definitions, queues }));

    await expect(startRabbitmq(options)).rejects.toThrow(
      `RabbitMQ, which carries events, did not start: see ${options.dataDir}/rabbitmq.log, then try again.`,
    );
    expect(await portsInUse(options.dataDir)).toEqual([]);
  },
  limitMs,
);

it('refuses a file that holds no definitions', async () => {
  const options = await someOptions();
  await writeFile(options.definitionsFile, '{"queues": "many"}');

  await expect(startRabbitmq(options)).rejects.toThrow(
    `The file ${options.definitionsFile} holds no RabbitMQ definitions: make it anew.`,
  );
});

async function someOptions() {
  const dataDir = await aFolder();
  const definitionsFile = join(await aFolder(), 'definitions.json');
  await writeFile(definitionsFile, JSON.stringify(definitions));
  return { dataDir, definitionsFile, user: 'commons', password: 'secret' };
}

async function killed(broker: RunningRabbitmq, dataDir: string): Promise<void> {
  process.kill(Number(await readFile(join(dataDir, 'rabbitmq.pid'), 'utf8')), 'SIGKILL');
  await broker.exited;
}

/** Which of the ports that a broker had are still listened on. */
async function portsInUse(dataDir: string): Promise<string[]> {
  const used: string[] = [];
  for (const file of portFiles) {
    const port = await readFile(join(dataDir, file), 'utf8');
    if (!(await isPortFree(Number(port)))) used.push(file);
  }
  return used;
}

function refusalOf(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => 'was let in',
    (error: unknown) => String(error),
  );
}
