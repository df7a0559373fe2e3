/**
 * Installs the packages that package-lock.json names when node_modules lacks them, and is done at once when nothing is missing.
 * Runs before `npm start`, `npm test` and `npm run check`, so it is plain JavaScript that needs Node 20 and no package.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = 20;
const runtimeNode = 24;
const staleLockMs = 15 * 60_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.commons-stamp');
const lockFile = join(root, '.setup.lock');

/** What the reader can do something about: its message is all that is shown. */
class SetupProblem extends Error {}

try {
  setUp();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function setUp() {
  if (isStamped()) return;
  refuseOldNode();
  const unlock = lock();
  try {
    if (isStamped()) return;
    if (!isInstalledByHand()) install();
    refuseMissingNode();
    stamp();
  } finally {
    unlock();
  }
}

function isStamped() {
  return readIfThere(stampFile) === fingerprint();
}

function stamp() {
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampFile, fingerprint());
}

/** Packages with binaries differ from one platform to the next, so a folder carried to another machine is not up to date. */
function fingerprint() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${hash} ${process.platform} ${process.arch}\n`;
}

/** npm keeps a copy of what it installed: someone who ran `npm install` need not wait for a second one. */
function isInstalledByHand() {
  const installed = readIfThere(join(modules, '.package-lock.json'));
  if (installed === undefined || !hasOwnNode()) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(installed).packages;
  return Object.entries(wanted).every(([path, { version, integrity, link, optional, devOptional }]) => {
    const found = present[path];
    if (!path.includes('node_modules/')) return true;
    if (found === undefined) return optional === true || devOptional === true;
    return link ? existsSync(join(root, path)) : found.version === version && found.integrity === integrity;
  });
}

/** Runs the machine's own npm: the one that node_modules brings would be deleted under its feet. */
function install() {
  console.log('Installing packages, which takes about a minute the first time …');
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !resolve(folder).startsWith(modules));
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: path.join(delimiter) },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error?.code === 'ENOENT') {
    throw new SetupProblem(
      'Commons needs npm to install its packages, and none is on the PATH: install Node 24 with npm.',
    );
  }
  if (status !== 0) {
    throw new SetupProblem(
      'Commons could not install its packages: see what npm says above, check the network, and run `npm ci`.',
    );
  }
}

function refuseOldNode() {
  if (Number.parseInt(process.versions.node, 10) >= oldestNode) return;
  throw new SetupProblem(
    `Commons needs Node ${oldestNode} or later, and this is ${process.version}: install a newer Node.`,
  );
}

/** The package `node` gets its program by an install script, which npm can be set not to run. */
function refuseMissingNode() {
  if (hasOwnNode() || Number.parseInt(process.versions.node, 10) >= runtimeNode) return;
  throw new SetupProblem(
    `npm did not run the install script that brings Node ${runtimeNode}: install Node ${runtimeNode}, or run \`npm rebuild node\` with scripts allowed.`,
  );
}

function hasOwnNode() {
  return existsSync(join(modules, 'node', 'bin'));
}

/** Lets one process install at a time; the others wait, and then find nothing to do. Gives the function that unlocks. */
function lock() {
  const mine = `${lockFile}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let isFirst = true; !tryLink(mine); isFirst = false) {
      if (isFirst) console.log('Waiting for another install in this folder …');
      dropStaleLock();
      sleep(100);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(lockFile, { force: true });
}

function tryLink(mine) {
  try {
    linkSync(mine, lockFile);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function dropStaleLock() {
  const pid = Number(readIfThere(lockFile));
  if (!Number.isInteger(pid) || (pid > 0 && isAlive(pid) && !isOld(lockFile))) return;
  const aside = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, aside);
    if (Number(readIfThere(aside)) !== pid) tryLink(aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  rmSync(aside, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isOld(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > staleLockMs;
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
