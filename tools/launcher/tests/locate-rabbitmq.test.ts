import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { FetchPackages } from '../src/debian-packages/fetch-part.ts';
import { locateRabbitmq } from '../src/rabbitmq/locate-rabbitmq.ts';
import { rabbitmqVersion } from '../src/rabbitmq/rabbitmq-version.ts';
import { aMachine, writeProgram } from './a-machine.ts';
import type { Machine } from './a-machine.ts';

const say = () => undefined;
const fails: FetchPackages = () => Promise.reject(new Error('there is no apt-config here'));

it('takes an installed one that is new enough and has its Erlang, by its plain script', async () => {
  const machine = await aMachine();
  await machine.program('erlang/erl', 'exit 0');
  await installed(machine, '3.8.9', 'old');
  await machine.program('wrapped/rabbitmq-server', 'exec runuser rabbitmq');
  const server = await installed(machine, '3.10.8', 'good');
  const env = machine.env('erlang');

  const folders = ['old', 'wrapped', 'good'].map((name) => join(machine.folder, name));
  const found = await locateRabbitmq({ env, say, installedIn: folders, fetch: fails });

  expect(found).toEqual({ server, env: { PATH: env.PATH } });
});

it('passes over one that has no Erlang', async () => {
  const machine = await aMachine();
  const server = await installed(machine, '3.10.8', 'good');

  expect(await rabbitmqVersion({ server, env: machine.env('nowhere') })).toBeUndefined();
});

it('fetches one where none is installed, with an Erlang that runs from where it is', async () => {
  const machine = await aMachine();
  const fetch: FetchPackages = async (folder) => {
    const usr = join(folder, 'usr', 'lib');
    await writeProgram(join(usr, 'rabbitmq', 'bin', 'rabbitmq_server-3.10.8', 'rabbitmq-server'), '');
    await machine.link(
      join(folder.slice(machine.folder.length), 'usr', 'lib', 'rabbitmq', 'bin', 'rabbitmq-server'),
      join('rabbitmq_server-3.10.8', 'rabbitmq-server'),
    );
    await writeProgram(join(usr, 'erlang', 'bin', 'erl'), 'exit 1');
    await writeProgram(
      join(usr, 'erlang', 'erts-13.1', 'bin', 'erlexec'),
      '[ -x "$BINDIR/erlexec" ] && echo "$ROOTDIR"',
    );
  };
  const env = { ...machine.env(), PATH: process.env['PATH'] ?? '' };

  const found = await locateRabbitmq({ env, say, installedIn: [], fetch });
  const again = await locateRabbitmq({ env, say, installedIn: [], fetch: fails });

  const root = join(machine.folder, 'cache', 'commons', 'rabbitmq', '3.10.8', 'usr', 'lib');
  expect(found).toEqual({
    server: join(root, 'rabbitmq', 'bin', 'rabbitmq-server'),
    env: { PATH: `${join(root, 'erlang', 'bin')}:${env.PATH}` },
  });
  expect(again).toEqual(found);
});

it('says why there is none and what to do', async () => {
  const machine = await aMachine();

  await expect(locateRabbitmq({ env: machine.env(), say, installedIn: [], fetch: fails })).rejects.toThrow(
    'RabbitMQ could not be had (Debian’s packages: there is no apt-config here): ' +
      'install RabbitMQ 3.10 or later so that rabbitmq-server is on the PATH.',
  );
});

async function installed(machine: Machine, version: string, folder: string): Promise<string> {
  const script = await machine.program(`lib/rabbitmq_server-${version}/sbin/rabbitmq-server`, '');
  return machine.link(`${folder}/rabbitmq-server`, script);
}
