import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openApt } from './apt.ts';
import type { Apt } from './apt.ts';

export type DebianPackages = {
  /** The package that is wanted. */
  name: string;
  /** Which of those that it depends on are taken even if the machine has them. Libraries that it has not are always taken. */
  own: RegExp;
};

/**
 * Downloads a Debian package, with what it depends on as far as the machine has it not, and unpacks all into a folder. Nothing is
 * installed, and no rights are needed. What apt downloads it checks against the signatures of the machine's sources.
 * @throws Error where there is no apt, or it does not get them
 */
export async function fetchDebianPackages(
  folder: string,
  packages: DebianPackages,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const aside = await mkdtemp(join(folder, 'apt-'));
  try {
    const downloads = await withFreshLists(aside, env, (apt) => download(apt, packages, join(aside, 'downloads')));
    for (const file of downloads)
      await (
        await openApt({ folder: aside, lists: 'own', env })
      )('dpkg-deb', ['-x', file, folder]);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Tries with the machine's lists of packages; they may be missing, or too old to download by. */
async function withFreshLists<Result>(
  folder: string,
  env: NodeJS.ProcessEnv,
  action: (apt: Apt) => Promise<Result>,
): Promise<Result> {
  const apt = await openApt({ folder, lists: 'system', env });
  try {
    return await action(apt);
  } catch {
    const fresh = await openApt({ folder, lists: 'own', env });
    // Where one of the machine's sources does not answer, the others may do.
    await fresh('apt-get', ['update', '--quiet']).catch(() => undefined);
    return action(fresh);
  }
}

async function download(apt: Apt, { name, own }: DebianPackages, folder: string): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const installed = await installedPackages(apt);
  const all = parseSimulation(await apt('apt-get', ['install', '--simulate', '--no-install-recommends', name]));
  const needed = all.filter(
    (each) => each.name === name || own.test(each.name) || isMissingLibrary(each.name, installed),
  );
  await apt('apt-get', ['download', '--quiet', ...needed.map((each) => `${each.name}=${each.version}`)], folder);
  return (await readdir(folder)).filter((file) => file.endsWith('.deb')).map((file) => join(folder, file));
}

type Package = { name: string; version: string };

/** Lines like `Inst erlang-base (1:25.2.3+dfsg-1 Debian:12.12/stable [amd64])`. */
function parseSimulation(output: string): Package[] {
  return [...output.matchAll(/^Inst (\S+) \((\S+) /gm)].map(([, name = '', version = '']) => ({ name, version }));
}

function isMissingLibrary(name: string, installed: ReadonlySet<string>): boolean {
  return name.startsWith('lib') && !installed.has(name);
}

async function installedPackages(apt: Apt): Promise<Set<string>> {
  const lines = (await apt('dpkg-query', ['--show', '--showformat=${db:Status-Abbrev} ${Package}\n'])).split('\n');
  return new Set(lines.filter((line) => line.startsWith('ii ')).map((line) => line.slice('ii '.length).trim()));
}
