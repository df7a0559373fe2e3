import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder, exists, findPrograms } from '../programs/find-programs.ts';
import { mongoTools } from '../programs/go-modules.ts';
import { packageFolder } from '../package-folder.ts';
import { run } from '../run.ts';
import { layOutPackages } from './lay-out-packages.ts';
import { packImage } from './pack-image.ts';
import { REGISTRY } from './platform-images.ts';

/** A store in the cluster: what its image is made of, and the user that its chart runs it as. */
export type Store = {
  /** As in the chart's values. */
  name: string;
  version: string;
  user: number;
  home: string;
  /** Debian packages. */
  packages: readonly string[];
  /** Programs of the npm packages that `stores/<name>/package.json` names: the script of each, which runs on our Node. */
  scripts?: Readonly<Record<string, string>>;
  /** Programs of this machine, which lie in the image's /usr/bin. */
  programs?: () => Promise<Readonly<Record<string, string>>>;
  env?: Readonly<Record<string, string>>;
};

const usualPath = '/usr/local/bin:/usr/bin:/bin';
const shell = ['dash', 'coreutils'];
/** What Node is linked to. */
const forNode = ['libstdc++6'];

/** The stores that `values-dev.yaml` puts beside the services. */
export function stores(findMongod: () => Promise<string>): Store[] {
  return [
    {
      name: 'mongodb',
      version: '6.0.5-2',
      user: 999,
      home: '/data/db',
      packages: [...shell, ...forNode, 'libcurl4', 'libssl3'],
      programs: async () => ({ mongod: await findMongod(), ...(await findPrograms(mongoTools)) }),
      scripts: { mongosh: 'mongosh/bin/mongosh.js' },
    },
    {
      name: 'rabbitmq',
      version: '3.10-2',
      user: 999,
      home: '/var/lib/rabbitmq',
      packages: [...shell, 'rabbitmq-server', 'sed', 'grep', 'hostname'],
      // Not Debian's start script, which wants to switch users and write its own logs.
      env: { PATH: `/usr/lib/rabbitmq/bin:${usualPath}`, RABBITMQ_LOG_BASE: '/tmp' },
    },
    { name: 'redis', version: '7.0-1', user: 999, home: '/data', packages: [...shell, 'redis-server'] },
    {
      name: 'azurite',
      version: '3.37.0-1',
      user: 1000,
      home: '/data',
      packages: [...shell, ...forNode],
      scripts: { 'azurite-blob': 'azurite/dist/src/blob/main.js' },
    },
  ];
}

/** What the image of a store is called. */
export function storeImage({ name, version }: Store): string {
  return `${REGISTRY}/${name}:${version}`;
}

/**
 * The archive with the image of a store, made from packages of Debian and npm where no registry of images is; kept in the cache.
 */
export async function storeArchive(store: Store, cacheDir = cacheFolder()): Promise<string> {
  const archive = join(cacheDir, 'images', `${store.name}-${store.version}.tar`);
  if (await exists(archive)) return archive;
  await mkdir(dirname(archive), { recursive: true });
  const root = await mkdtemp(join(tmpdir(), 'commons-store-'));
  const partial = `${archive}.${process.pid}.part`;
  try {
    await layOut(store, root);
    await packImage(
      { name: storeImage(store), env: { PATH: usualPath, HOME: store.home, ...store.env } },
      root,
      partial,
    );
    await rename(partial, archive);
  } finally {
    await rm(root, { recursive: true, force: true });
    await rm(partial, { force: true });
  }
  return archive;
}

async function layOut({ name, user, home, packages, scripts = {}, programs }: Store, root: string): Promise<void> {
  await layOutPackages(packages, root);
  await mkdir(join(root, 'etc'), { recursive: true });
  await writeFile(
    join(root, 'etc', 'passwd'),
    `root:x:0:0:root:/root:/bin/sh\n${name}:x:${user}:${user}::${home}:/bin/sh\n`,
  );
  await writeFile(join(root, 'etc', 'group'), `root:x:0:\n${name}:x:${user}:\n`);
  await mkdir(join(root, home), { recursive: true });
  for (const [program, path] of Object.entries((await programs?.()) ?? {}))
    await place(path, join(root, 'usr', 'bin', program));
  if (Object.keys(scripts).length > 0) await addScripts(name, scripts, root);
}

async function addScripts(store: string, scripts: Readonly<Record<string, string>>, root: string): Promise<void> {
  const library = join('/usr/local/lib', store);
  const bin = join(root, 'usr', 'local', 'bin');
  await cp(join(packageFolder(), 'stores', store), join(root, library), { recursive: true });
  const options = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['ci', ...options], { timeoutMs: 600_000, cwd: join(root, library) });
  await place(process.execPath, join(bin, 'node'));
  for (const [command, file] of Object.entries(scripts)) {
    const script = join(library, 'node_modules', file);
    await writeFile(join(bin, command), `#!/bin/sh\nexec node ${script} "$@"\n`, { mode: 0o755 });
  }
}

async function place(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await cp(source, target, { dereference: true });
}
