import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';

/** What packages depend on for their installation, and not for what they do. */
const notNeeded = /^(lib)?(perl|python3|adduser|passwd|usrmerge|cron|logrotate|init-system-helpers)/;

/**
 * Lays Debian packages and all that they depend on out in the folder `root`, as if nothing were installed, and
 * without what their installation would run.
 */
export async function layOutPackages(names: readonly string[], root: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'commons-packages-'));
  try {
    for (const archive of await download(names, folder)) {
      if (!notNeeded.test(archive)) await run('dpkg-deb', ['--extract', join(folder, archive), root]);
    }
    await mkdir(join(root, 'tmp'), { recursive: true, mode: 0o1777 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(names: readonly string[], folder: string): Promise<string[]> {
  await mkdir(join(folder, 'partial'));
  await writeFile(join(folder, 'status'), '');
  const settings = {
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache::archives': folder,
    'APT::Sandbox::User': 'root',
    'APT::Install-Recommends': 'false',
    'Debug::NoLocking': 'true',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const fetch = () => run('apt-get', [...options, '-qq', '-y', '--download-only', 'install', ...names]);
  await fetch().catch(async () => {
    await run('apt-get', ['-qq', 'update'], { timeoutMs: 300_000 });
    await fetch();
  });
  return (await readdir(folder)).filter((file) => file.endsWith('.deb'));
}
