import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { fetchDebianPackages } from '../src/debian-packages/fetch-debian-packages.ts';
import { aMachine } from './a-machine.ts';
import type { Machine } from './a-machine.ts';
import { aFolder } from './temp-folder.ts';

const wanted = { name: 'game', own: /^game-/ };
const simulation = [
  'Inst libc6 (2.36-9 Debian:12 [amd64])',
  'Inst libdice1 (1.2-3 Debian:12 [amd64])',
  'Inst perl-base (5.36 Debian:12 [amd64])',
  'Inst game-data (1:7.0-1 Debian:12 [all])',
  'Inst game (1:7.0-1 Debian:12 [amd64])',
  'Conf game (1:7.0-1 Debian:12 [amd64])',
].join('\n');

it('downloads the package, its own and the libraries that are missing, and unpacks them', async () => {
  const machine = await aDebian({ listsAre: 'good' });
  const folder = await aFolder();

  await fetchDebianPackages(folder, wanted, machine.env);

  expect(await readdir(folder)).toEqual([
    'game-data=1:7.0-1.deb.unpacked',
    'game=1:7.0-1.deb.unpacked',
    'libdice1=1.2-3.deb.unpacked',
  ]);
  expect(await machine.updates()).toBe('');
});

it('gets lists of packages of its own where the machine’s are missing', async () => {
  const machine = await aDebian({ listsAre: 'missing' });
  const folder = await aFolder();

  await fetchDebianPackages(folder, wanted, machine.env);

  expect(await readdir(folder)).toHaveLength(3);
  expect(await machine.updates()).toMatch(/^Dir::State::lists ".*\/apt-\w+\/lists";\n$/);
});

it('runs nothing that the machine has set up for its own updates', async () => {
  const machine = await aDebian({ listsAre: 'good' });

  await fetchDebianPackages(await aFolder(), wanted, machine.env);

  const configuration = await readFile(join(machine.folder, 'configuration'), 'utf8');
  expect(configuration).toContain('Acquire::http::Proxy "http://proxy";');
  expect(configuration).not.toMatch(/Post-Invoke|DPkg/);
});

it('says why it does not work', async () => {
  const [without, refused] = [await aMachine(), await aDebian({ listsAre: 'useless' })];

  await expect(fetchDebianPackages(await aFolder(), wanted, without.env())).rejects.toThrow(
    'there is no apt-config here',
  );
  await expect(fetchDebianPackages(await aFolder(), wanted, refused.env)).rejects.toThrow(
    'Unable to locate package game',
  );
});

/** A machine with an apt that knows one game, has libc6 installed, and logs which updates were asked of it. */
async function aDebian({ listsAre }: { listsAre: 'good' | 'missing' | 'useless' }) {
  const machine: Machine = await aMachine();
  const updates = join(machine.folder, 'updates');
  const hasNoLists = { good: 'false', missing: `! [ -e ${updates} ]`, useless: 'true' }[listsAre];
  const settings = ['Acquire::http::Proxy "http://proxy";', 'APT::Update::Post-Invoke:: "rm";', 'DPkg::Pre "x";'];
  await machine.program('bin/apt-config', `cat <<'END'\n${settings.join('\n')}\nEND`);
  await machine.program('bin/dpkg-query', "printf 'ii  libc6\\nrc  libdice1\\n'");
  await machine.program('bin/dpkg-deb', 'touch "$3/$(basename "$2").unpacked"');
  await machine.program(
    'bin/apt-get',
    [
      `cp "$APT_CONFIG" ${machine.folder}/configuration`,
      `if [ "$1" = update ]; then grep Dir::State::lists "$APT_CONFIG" >> ${updates}; exit 0; fi`,
      `if ${hasNoLists}; then echo "E: Unable to locate package game" >&2; exit 100; fi`,
      `if [ "$1" = install ]; then cat <<'END'\n${simulation}\nEND\nexit 0; fi`,
      'shift 2; for each; do touch "$each.deb"; done',
    ].join('\n'),
  );
  return {
    folder: machine.folder,
    env: { PATH: `${join(machine.folder, 'bin')}:/usr/bin:/bin` },
    updates: () => readFile(updates, 'utf8').catch(() => ''),
  };
}
